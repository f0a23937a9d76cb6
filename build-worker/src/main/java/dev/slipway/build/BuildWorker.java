package dev.slipway.build;

import dev.slipway.contracts.EventCodec;
import dev.slipway.contracts.RequestKind;
import dev.slipway.contracts.SourceStored;
import dev.slipway.contracts.Topology;
import dev.slipway.kit.Inbox;
import dev.slipway.kit.Requests;
import dev.slipway.ledger.Ledger;
import io.micrometer.core.instrument.MeterRegistry;
import io.quarkus.runtime.StartupEvent;
import jakarta.enterprise.event.Observes;
import jakarta.enterprise.inject.Produces;
import jakarta.inject.Singleton;
import java.util.Set;

/** Which subscription feeds which handler. */
@Singleton
class BuildWorker {
    void start(
            @Observes StartupEvent event,
            Inbox inbox,
            EventCodec codec,
            StartBuild startBuild,
            FinishBuild finishBuild,
            CancelDeployment cancelDeployment) {
        inbox.feed("source-stored", startBuild.of(SourceStored.class, codec));
        inbox.feed("build-finished", finishBuild);
        inbox.feed("cancel-requested", cancelDeployment);
    }

    @Produces
    @Singleton
    Requests requests(Ledger ledger, Topology topology, MeterRegistry meters) {
        return new Requests(
                ledger, topology.bucket("ledger").name(), Set.of(RequestKind.CANCEL), meters);
    }
}
