package dev.slipway.deploy;

import dev.slipway.contracts.DeploymentId;
import dev.slipway.contracts.ObjectVersion;
import dev.slipway.contracts.Request;
import dev.slipway.deploy.gateway.Services;
import dev.slipway.deploy.gateway.Triggers;
import dev.slipway.kit.Breaker;
import dev.slipway.kit.Guarded;
import dev.slipway.kit.MachineClocks;
import dev.slipway.kit.Sweep;
import dev.slipway.ledger.DeploymentRecord;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;

/**
 * Two deploy-workers on one ledger, each with a clock of its own and breakers that run by it. They
 * see nothing else of any clock.
 */
final class TwoWorkers {
    /** When the first one's clock is set anew, counted from the beginning. */
    static final Duration SET_AFTER = Duration.ofMinutes(3);

    private static final Duration BETWEEN_SWEEPS = Duration.ofSeconds(30);

    final Bench bench = new Bench();
    final Asker asker = new Asker(bench);
    final AssembledDeployWorker first;
    final AssembledDeployWorker second;
    private final List<Sweep> sweeps;
    private final Instant begun = bench.now;
    private final List<String> story = new ArrayList<>();

    TwoWorkers(MachineClocks clocks) {
        InstantSource storages = () -> bench.now;
        first = worker(1, clocks.first(storages, begun.plus(SET_AFTER)));
        second = worker(2, clocks.second(storages));
        sweeps = new ArrayList<>(List.of(sweep("first", first), sweep("second", second)));
    }

    private AssembledDeployWorker worker(long seed, InstantSource clock) {
        Random chance = new Random(seed);
        Breaker run = new Breaker("cloud-run", clock, chance, _ -> {});
        Breaker eventarc = new Breaker("eventarc", clock, chance, _ -> {});
        return bench.worker(
                new GivenConfig(Bench.PROJECT, Bench.INSTALLATION),
                Guarded.gateway(Services.class, bench.services, run),
                Guarded.gateway(Triggers.class, bench.triggers, eventarc));
    }

    private Sweep sweep(String sweeper, AssembledDeployWorker worker) {
        return new Sweep(
                bench.ledger,
                "deploy",
                worker.resume().stages(),
                Duration.ofSeconds(60),
                sweeper,
                Runnable::run,
                worker.resume(),
                () -> false);
    }

    /** The first worker sweeps no more. */
    void firstDies() {
        sweeps.removeFirst();
    }

    /** Time passes, and both sweep as often as they do. */
    void sweep(Duration whole) {
        for (Duration left = whole; left.isPositive(); left = left.minus(BETWEEN_SWEEPS)) {
            bench.now = bench.now.plus(BETWEEN_SWEEPS);
            sweeps.forEach(Sweep::round);
            tell();
        }
    }

    void deploy(AssembledDeployWorker worker, DeploymentId deployment) {
        worker.deploy().handle(bench.pushed(deployment));
        tell();
    }

    /** Somebody asks, and this worker hears of it. */
    ObjectVersion ask(AssembledDeployWorker worker, Request request) {
        ObjectVersion object = asker.write(request);
        worker.request().handle(Asker.news(object));
        tell();
        return object;
    }

    DeploymentRecord record(DeploymentId deployment) {
        return bench.record(deployment);
    }

    private void tell() {
        story.add("at " + Duration.between(begun, bench.now));
        story.addAll(bench.kept.lines());
        story.add("triggers " + bench.triggers.history());
    }

    /** All that could be seen of it from outside, at each step and at the end. */
    List<String> story() {
        List<String> whole = new ArrayList<>(story);
        whole.addAll(bench.answers.lines());
        whole.addAll(bench.services.history());
        whole.add("service " + bench.services.get(Bench.HELLO));
        bench.published.forEach(event -> whole.add(event.toString()));
        return whole;
    }
}
