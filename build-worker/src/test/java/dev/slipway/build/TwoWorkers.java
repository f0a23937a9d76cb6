package dev.slipway.build;

import dev.slipway.build.gateway.Builds;
import dev.slipway.contracts.DeploymentId;
import dev.slipway.contracts.ObjectVersion;
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
 * Two build-workers on one ledger, each with a clock of its own, a breaker that runs by it and a
 * list of those that build that is good for a second of it. They see nothing else of any clock.
 */
final class TwoWorkers {
    /** When the first one's clock is set anew, counted from the beginning. */
    static final Duration SET_AFTER = Duration.ofMinutes(3);

    private static final Duration LIST_GOOD_FOR = Duration.ofSeconds(1);
    private static final Duration BETWEEN_SWEEPS = Duration.ofSeconds(30);

    final Bench bench = new Bench(1);
    final AssembledBuildWorker first;
    final AssembledBuildWorker second;
    private final List<Sweep> sweeps;
    private final Instant begun = bench.now;
    private final List<String> story = new ArrayList<>();
    private boolean away;

    TwoWorkers(MachineClocks clocks) {
        InstantSource storages = () -> bench.now;
        first = worker(1, clocks.first(storages, begun.plus(SET_AFTER)));
        second = worker(2, clocks.second(storages));
        sweeps = new ArrayList<>(List.of(sweep("first", first), sweep("second", second)));
    }

    private AssembledBuildWorker worker(long seed, InstantSource clock) {
        Breaker breaker = new Breaker("cloud-build", clock, new Random(seed), _ -> {});
        Builds reached = new Away(bench.builds, () -> away);
        return bench.worker(Guarded.gateway(Builds.class, reached, breaker), clock, LIST_GOOD_FOR);
    }

    private Sweep sweep(String sweeper, AssembledBuildWorker worker) {
        return new Sweep(
                bench.ledger,
                "build",
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

    /** Whether Cloud Build cannot be reached from now on. */
    void away(boolean now) {
        away = now;
    }

    /** Time passes and nobody sweeps. */
    void pass(Duration time) {
        bench.now = bench.now.plus(time);
        tell();
    }

    /** Time passes, and both sweep as often as they do. */
    void sweep(Duration whole) {
        for (Duration left = whole; left.isPositive(); left = left.minus(BETWEEN_SWEEPS)) {
            bench.now = bench.now.plus(BETWEEN_SWEEPS);
            sweeps.forEach(Sweep::round);
            tell();
        }
    }

    void start(AssembledBuildWorker worker, DeploymentId deployment) {
        worker.start().handle(bench.stored(deployment));
        tell();
    }

    void finish(AssembledBuildWorker worker, String build) {
        worker.finish().handle(bench.news(build));
        tell();
    }

    void cancel(AssembledBuildWorker worker, ObjectVersion request) {
        worker.cancel().handle(Asker.news(request));
        tell();
    }

    DeploymentRecord record(DeploymentId deployment) {
        return bench.record(deployment);
    }

    private void tell() {
        story.add("at " + Duration.between(begun, bench.now));
        story.addAll(bench.kept.lines());
    }

    /** All that could be seen of it from outside, at each step and at the end. */
    List<String> story() {
        List<String> whole = new ArrayList<>(story);
        whole.addAll(bench.answers.lines());
        bench.builds.names().forEach(name -> whole.add(bench.builds.get(name).toString()));
        bench.builds.cancelled().forEach(name -> whole.add("cancelled " + name));
        bench.published.forEach(event -> whole.add(event.toString()));
        return whole;
    }
}
