package dev.slipway.deploy;

import dev.slipway.contracts.ImagePushed;
import dev.slipway.contracts.Topology;
import dev.slipway.deploy.gateway.RevisionLogs;
import dev.slipway.deploy.gateway.Services;
import dev.slipway.deploy.gateway.Triggers;
import dev.slipway.kit.Answers;
import dev.slipway.kit.Ending;
import dev.slipway.kit.EventHandler;
import dev.slipway.kit.MessageHandler;
import dev.slipway.kit.Outbox;
import dev.slipway.kit.RequestNotices;
import dev.slipway.kit.Requests;
import dev.slipway.kit.RunningBuilds;
import dev.slipway.kit.SlipwayConfig;
import dev.slipway.kit.SweptStage;
import dev.slipway.ledger.Backoff;
import dev.slipway.ledger.Ledger;
import dev.slipway.ledger.Pause;
import io.micrometer.core.instrument.MeterRegistry;
import java.time.Duration;

/**
 * The deploy-worker's real handlers on whatever stores and gateways a test gives them, as Quarkus
 * wires them on real ones.
 *
 * @param deploy handles {@code image-pushed}
 * @param request handles {@code service-requested}
 * @param resume what its sweep runs
 */
public record AssembledDeployWorker(
        EventHandler<ImagePushed> deploy, MessageHandler request, SweptStage resume) {
    /** What the worker stands on. */
    public record Ground(
            SlipwayConfig config,
            Ledger ledger,
            Answers answers,
            Outbox outbox,
            Pause pause,
            Backoff backoff,
            MeterRegistry meters) {}

    /** What the worker reaches outside. */
    public record Gateways(
            Services services, Triggers triggers, RevisionLogs logs, RequestNotices notices) {}

    /** The defaults. */
    private record Settings(Duration deadline, Duration watched, Duration listEvery)
            implements DeployConfig {}

    /** A worker of its own; nothing is shared with others but the ground and the gateways. */
    public static AssembledDeployWorker on(Ground ground, Gateways gateways) {
        DeployConfig settings =
                new Settings(Duration.ofMinutes(15), Duration.ofMinutes(4), Duration.ofMinutes(15));
        SlipwayConfig config = ground.config;
        DeployCounters counters = new DeployCounters(ground.meters);
        Topology topology = Topology.of(config.project(), config.installation());
        FactsReader facts =
                new FactsReader(
                        ground.ledger,
                        gateways.services,
                        gateways.triggers,
                        config,
                        settings,
                        topology);
        Ending ending =
                new Ending(ground.ledger, ground.outbox, ground.answers, RunningBuilds.NONE);
        TriggerActions changes = new TriggerActions(gateways.triggers, counters);
        Actions actions =
                new Actions(
                        ground.ledger,
                        ending,
                        ground.answers,
                        gateways.services,
                        changes,
                        gateways.logs,
                        counters,
                        config,
                        topology);
        ContinueDeploy deploy =
                new ContinueDeploy(
                        ground.ledger,
                        ending,
                        facts,
                        actions,
                        settings,
                        ground.pause,
                        ground.backoff);
        TriggerSweep triggers =
                new TriggerSweep(gateways.triggers, gateways.services, facts, config, changes);
        Requests requests = new DeployWorker().requests(ground.ledger, topology, ground.meters);
        CarryOutRequest request =
                request(ground, gateways, requests, facts, ending, deploy, triggers, counters);
        return new AssembledDeployWorker(
                new DeployImage(ground.ledger, deploy),
                request,
                new ResumeDeploy(
                        ground.ledger,
                        deploy,
                        request,
                        new UnheardRequests(ground.ledger, requests, settings, topology),
                        new GhostHunt(ground.ledger, gateways.services, facts, config, counters),
                        triggers));
    }

    private static CarryOutRequest request(
            Ground ground,
            Gateways gateways,
            Requests requests,
            FactsReader facts,
            Ending ending,
            ContinueDeploy deploy,
            TriggerSweep triggers,
            DeployCounters counters) {
        Ledger ledger = ground.ledger;
        return new CarryOutRequest(
                gateways.notices,
                ledger,
                requests,
                new ContinueRequest(
                        ledger,
                        requests,
                        new RequestFactsReader(ledger, gateways.services, gateways.triggers, facts),
                        new RequestActions(
                                ledger,
                                ending,
                                requests,
                                gateways.services,
                                new TriggerActions(gateways.triggers, counters),
                                deploy,
                                new DeployAgain(ledger, ground.outbox, ground.answers),
                                triggers,
                                counters),
                        deploy.config(),
                        ground.pause,
                        ground.backoff),
                ground.config);
    }
}
