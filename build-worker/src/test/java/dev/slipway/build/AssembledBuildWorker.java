package dev.slipway.build;

import dev.slipway.build.gateway.BuildLogs;
import dev.slipway.build.gateway.BuildNotices;
import dev.slipway.build.gateway.Builds;
import dev.slipway.build.gateway.ImageRepositories;
import dev.slipway.contracts.SourceStored;
import dev.slipway.contracts.Topology;
import dev.slipway.kit.Answers;
import dev.slipway.kit.Ending;
import dev.slipway.kit.EventHandler;
import dev.slipway.kit.MessageHandler;
import dev.slipway.kit.Outbox;
import dev.slipway.kit.RequestNotices;
import dev.slipway.kit.SlipwayConfig;
import dev.slipway.kit.SweptStage;
import dev.slipway.ledger.Backoff;
import dev.slipway.ledger.Ledger;
import dev.slipway.ledger.Pause;
import io.micrometer.core.instrument.MeterRegistry;
import java.time.Duration;
import java.time.InstantSource;

/**
 * The build-worker's real handlers on whatever stores and gateways a test gives them, as Quarkus
 * wires them on real ones.
 *
 * @param start handles {@code source-stored}
 * @param finish handles {@code cloud-builds}
 * @param cancel handles {@code service-requested}
 * @param resume what its sweep runs
 */
public record AssembledBuildWorker(
        EventHandler<SourceStored> start,
        MessageHandler finish,
        MessageHandler cancel,
        SweptStage resume) {
    /** What the worker stands on. */
    public record Ground(
            SlipwayConfig config,
            int quota,
            Ledger ledger,
            Answers answers,
            Outbox outbox,
            Pause pause,
            Backoff backoff,
            InstantSource clock,
            MeterRegistry meters) {}

    /** What the worker reaches outside. */
    public record Gateways(
            Builds builds,
            ImageRepositories repositories,
            BuildLogs logs,
            BuildNotices notices,
            RequestNotices requests) {}

    /** A worker of its own; nothing is shared with others but the ground and the gateways. */
    public static AssembledBuildWorker on(Ground ground, Gateways gateways) {
        return on(ground, gateways, Duration.ZERO);
    }

    /**
     * The same.
     *
     * @param listGoodFor how old its list of those that build may be
     */
    public static AssembledBuildWorker on(Ground ground, Gateways gateways, Duration listGoodFor) {
        Ledger ledger = ground.ledger;
        Builds builds = gateways.builds;
        BuildCounters counters = new BuildCounters(ground.meters);
        BuildPlans plans = new BuildPlans(ledger, ground.config, topology(ground.config));
        TaggedBuilds tagged = new TaggedBuilds(builds, plans, counters);
        Ending ending = new Ending(ledger, ground.outbox, ground.answers, tagged);
        InHand inHand = new InHand(ground.pause);
        Submission submission =
                new Submission(
                        ledger,
                        ground.answers,
                        builds,
                        gateways.repositories,
                        plans,
                        tagged,
                        counters,
                        inHand,
                        ground.backoff);
        WaitingLine line = new WaitingLine(ledger);
        BuildWindow window = new BuildWindow(ledger, 2 * ground.quota, ground.clock, listGoodFor);
        Actions actions =
                new Actions(
                        ledger,
                        ending,
                        ground.answers,
                        ground.outbox,
                        submission,
                        gateways.logs,
                        line,
                        window,
                        counters,
                        ground.backoff);
        ContinueBuild build =
                new ContinueBuild(
                        ledger,
                        ending,
                        builds,
                        plans,
                        new Supersession(ledger, ending, ground.backoff),
                        actions,
                        line,
                        window,
                        ground.backoff);
        CancelDeployment cancel =
                new CancelDeployment(
                        gateways.requests,
                        ledger,
                        new BuildWorker().requests(ledger, topology(ground.config), ground.meters),
                        ending,
                        builds,
                        ground.config,
                        ground.pause,
                        ground.backoff);
        return new AssembledBuildWorker(
                new StartBuild(ledger, build, inHand),
                new FinishBuild(ground.config, gateways.notices, ledger, tagged, build, inHand),
                cancel,
                new ResumeBuild(ledger, build, cancel));
    }

    private static Topology topology(SlipwayConfig config) {
        return Topology.of(config.project(), config.installation());
    }
}
