package dev.slipway.deploy;

import dev.slipway.contracts.EventCodec;
import dev.slipway.contracts.ImagePushed;
import dev.slipway.contracts.RequestKind;
import dev.slipway.contracts.Topology;
import dev.slipway.kit.Inbox;
import dev.slipway.kit.Requests;
import dev.slipway.ledger.Ledger;
import io.micrometer.core.instrument.MeterRegistry;
import io.quarkus.runtime.StartupEvent;
import jakarta.enterprise.event.Observes;
import jakarta.enterprise.inject.Produces;
import jakarta.inject.Singleton;
import java.util.EnumSet;

/** Which subscription feeds which handler. */
@Singleton
class DeployWorker {
    void start(
            @Observes StartupEvent event,
            Inbox inbox,
            EventCodec codec,
            DeployImage deployImage,
            CarryOutRequest carryOutRequest) {
        inbox.feed("image-pushed", deployImage.of(ImagePushed.class, codec));
        inbox.feed("service-requested", carryOutRequest);
    }

    @Produces
    @Singleton
    Requests requests(Ledger ledger, Topology topology, MeterRegistry meters) {
        return new Requests(
                ledger, topology.bucket("ledger").name(), EnumSet.allOf(RequestKind.class), meters);
    }
}
