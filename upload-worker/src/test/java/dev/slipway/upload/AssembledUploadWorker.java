package dev.slipway.upload;

import dev.slipway.contracts.Topology;
import dev.slipway.kit.Answers;
import dev.slipway.kit.Ending;
import dev.slipway.kit.MessageHandler;
import dev.slipway.kit.Outbox;
import dev.slipway.kit.RunningBuilds;
import dev.slipway.kit.SlipwayConfig;
import dev.slipway.kit.SweptStage;
import dev.slipway.ledger.Backoff;
import dev.slipway.ledger.Ledger;
import dev.slipway.upload.gateway.DropNotices;
import dev.slipway.upload.gateway.Drops;
import dev.slipway.upload.gateway.Staging;
import io.micrometer.core.instrument.MeterRegistry;
import java.time.InstantSource;
import java.util.concurrent.Executor;

/**
 * The upload-worker's real handlers on whatever stores and gateways a test gives them, as Quarkus
 * wires them on real ones.
 *
 * @param accept handles {@code source-uploaded}
 * @param resume what its sweep runs
 */
public record AssembledUploadWorker(MessageHandler accept, SweptStage resume) {
    /**
     * What the worker stands on.
     *
     * @param listings runs the listings of the drop bucket
     */
    public record Ground(
            SlipwayConfig config,
            UploadConfig upload,
            Ledger ledger,
            Answers answers,
            Outbox outbox,
            Backoff backoff,
            InstantSource clock,
            Executor listings,
            MeterRegistry meters) {}

    /** What the worker reaches outside. */
    public record Gateways(Drops drops, Staging staging, DropNotices notices) {}

    /** A worker of its own; nothing is shared with others but the ground and the gateways. */
    public static AssembledUploadWorker on(Ground ground, Gateways gateways) {
        Ledger ledger = ground.ledger;
        Topology topology = Topology.of(ground.config.project(), ground.config.installation());
        UploadCounters counters = new UploadCounters(ground.meters);
        Admission admission = new Admission(ground.config, ledger, gateways.drops, counters);
        ContinueUpload upload = continuing(ground, gateways, counters);
        Reconciliation reconciliation =
                new Reconciliation(
                        ground.config,
                        ground.upload,
                        topology,
                        ledger,
                        gateways.drops,
                        admission,
                        upload,
                        counters,
                        ground.listings);
        return new AssembledUploadWorker(
                new AcceptDrop(
                        ground.config,
                        topology,
                        gateways.notices,
                        ledger,
                        admission,
                        upload,
                        counters),
                new ResumeUpload(topology, ledger, admission, upload, reconciliation));
    }

    private static ContinueUpload continuing(
            Ground ground, Gateways gateways, UploadCounters counters) {
        Ending ending =
                new Ending(ground.ledger, ground.outbox, ground.answers, RunningBuilds.NONE);
        Verification verification =
                new Verification(
                        ground.config,
                        ground.upload,
                        gateways.drops,
                        gateways.staging,
                        new Spool(ground.config, ground.upload, ground.clock));
        Actions actions =
                new Actions(
                        ground.ledger,
                        ending,
                        ground.answers,
                        ground.outbox,
                        verification,
                        counters,
                        ground.backoff);
        return new ContinueUpload(
                ground.config, ground.ledger, ending, actions, new InHand(), ground.backoff);
    }
}
