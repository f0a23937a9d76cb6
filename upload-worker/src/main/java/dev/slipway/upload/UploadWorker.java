package dev.slipway.upload;

import dev.slipway.contracts.Topology;
import dev.slipway.kit.Inbox;
import dev.slipway.kit.SlipwayConfig;
import dev.slipway.ledger.Ledger;
import dev.slipway.upload.decide.OperatorStaging;
import dev.slipway.upload.gateway.Drops;
import io.quarkus.runtime.StartupEvent;
import jakarta.enterprise.event.Observes;
import jakarta.enterprise.inject.Produces;
import jakarta.inject.Singleton;
import java.util.Set;

/** Which subscription feeds which handler. */
@Singleton
class UploadWorker {
    void start(@Observes StartupEvent event, Inbox inbox, Spool spool, AcceptDrop acceptDrop) {
        spool.sweepOut();
        inbox.feed("source-uploaded", acceptDrop);
    }

    @Produces
    @Singleton
    OperatorStaging operatorStaging(SlipwayConfig slipway, UploadConfig config, Topology topology) {
        return OperatorStaging.of(
                config.staging().kmsKey(),
                config.staging().bucket(),
                slipway.regions(),
                Set.of(topology.bucket("drop").name(), topology.bucket("ledger").name()));
    }

    @Produces
    @Singleton
    Reconciliation reconciliation(
            SlipwayConfig slipway,
            UploadConfig config,
            Topology topology,
            Ledger ledger,
            Drops drops,
            Admission admission,
            ContinueUpload upload,
            UploadCounters counters) {
        return new Reconciliation(
                slipway,
                config,
                topology,
                ledger,
                drops,
                admission,
                upload,
                counters,
                listing -> Thread.ofVirtual().name("reconciliation").start(listing));
    }
}
