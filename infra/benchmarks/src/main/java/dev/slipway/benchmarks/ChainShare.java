package dev.slipway.benchmarks;

import dev.slipway.contracts.ObjectVersion;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Set;

/**
 * How much of the rate that the platform's calls alone allow is left to the chain. The first part
 * runs the chain and records what one deployment calls; the second, with the workers gone, makes
 * the same calls.
 */
final class ChainShare {
    private static final Duration LONGEST = Duration.ofMinutes(10);
    private static final Duration SETTLED_AFTER = Duration.ofSeconds(2);
    private static final int SAMPLES = 5;
    private static final int UPLOADS_AT_ONCE = 16;
    private static final int IN_HAND = 16;

    /** A region takes 1000 services; the chain's measured ones are in the first. */
    private static final String WARM_REGION = "us-central1";

    private static final String LOOP_REGION = "europe-west4";
    private static final String WARM_LOOP_REGION = "asia-east1";
    private static final Set<String> WORKERS = Set.of("upload", "build", "deploy");

    private final Cloud cloud;
    private final Path recorded;

    /**
     * @param work a folder that both parts use
     */
    ChainShare(Cloud cloud, Path work) {
        this.cloud = cloud;
        this.recorded = work.resolve("calls-of-one-deployment.txt");
    }

    /** So many that little is left to compile, more for three processes than for one. */
    private static int warmUp(int deployments) {
        return deployments * 4 / 5;
    }

    void chain(int deployments) throws Exception {
        Clients clients = new Clients(cloud);
        Drops drops = new Drops(clients.storage(), cloud.drops());
        try (Outcomes outcomes = new Outcomes(cloud, clients)) {
            List<ObjectVersion> all = new ArrayList<>();
            all.addAll(
                    drops.upload(
                            sources(WARM_REGION + "/warm", 2 * warmUp(deployments)),
                            UPLOADS_AT_ONCE));
            outcomes.await(all.size(), LONGEST);
            Calls one = record(drops, outcomes, all);
            tell(one);
            Cpu cpu = Cpu.of(cloud);
            Calls before = cloud.calls();
            long start = System.nanoTime();
            List<ObjectVersion> measured =
                    drops.upload(sources("chain", deployments), UPLOADS_AT_ONCE);
            all.addAll(measured);
            outcomes.await(all.size(), LONGEST);
            double seconds = (System.nanoTime() - start) / 1e9;
            Cpu used = Cpu.of(cloud).since(cpu);
            Calls loaded = byWorkers(cloud.calls().since(before));
            Figures.print("chain-rate", deployments / seconds, "deployments/s");
            used.print("chain-cpu", deployments);
            Figures.print(
                    "chain-storage-operations-under-load",
                    storage(loaded) / (double) deployments,
                    "operations/deployment");
            check(drops, outcomes, all, measured);
        }
    }

    private static List<Drops.Source> sources(String name, int count) throws IOException {
        List<Drops.Source> sources = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            sources.add(Drops.Source.of(name + "-" + i, name + " " + i));
        }
        return sources;
    }

    /**
     * One deployment alone, a few times. What the workers do by the clock, whether there is a
     * deployment or not, falls into some of them: so the one with the fewest calls.
     */
    private Calls record(Drops drops, Outcomes outcomes, List<ObjectVersion> all) throws Exception {
        List<Calls> samples = new ArrayList<>();
        for (int i = 0; i < SAMPLES; i++) {
            Thread.sleep(SETTLED_AFTER);
            Calls before = cloud.calls();
            all.add(drops.upload(Drops.Source.of("alone-" + i, "alone " + i)));
            outcomes.await(all.size(), LONGEST);
            Thread.sleep(SETTLED_AFTER);
            samples.add(cloud.calls().since(before));
        }
        samples.sort(Comparator.comparingLong(sample -> byWorkers(sample).total()));
        Calls one = samples.getFirst();
        Files.writeString(recorded, one.text());
        return byWorkers(one);
    }

    private static void tell(Calls one) {
        one.byKind()
                .forEach(
                        (kind, count) ->
                                Figures.print(
                                        "calls-" + kind.replace(' ', '-'), count, "/deployment"));
        Figures.print("storage-operations", (double) storage(one), "operations/deployment");
    }

    private static Calls byWorkers(Calls calls) {
        return calls.only(kind -> WORKERS.contains(kind.caller()));
    }

    private static long storage(Calls calls) {
        return calls.only(kind -> kind.api().equals("storage")).total();
    }

    private static void check(
            Drops drops, Outcomes outcomes, List<ObjectVersion> all, List<ObjectVersion> measured)
            throws InterruptedException {
        Thread.sleep(SETTLED_AFTER);
        outcomes.requireAllLive();
        all.forEach(drops::liveAnswer);
        Stages stages = new Stages();
        measured.forEach(drop -> stages.add(drops.liveAnswer(drop)));
        stages.print("chain");
        Figures.print("live", all.size(), "of-" + all.size());
    }

    void loop(int deployments) throws Exception {
        Calls all = Calls.parse(Files.readString(recorded));
        Calls one = all.only(kind -> !kind.caller().equals("owner"));
        Clients clients = new Clients(cloud);
        try (Loop loop = new Loop(cloud, clients, one, IN_HAND)) {
            loop.run(WARM_LOOP_REGION, "warm-loop", warmUp(deployments));
            Cpu cpu = Cpu.withThisProcess(cloud);
            long start = System.nanoTime();
            loop.run(LOOP_REGION, "loop", deployments);
            double seconds = (System.nanoTime() - start) / 1e9;
            Cpu used = Cpu.withThisProcess(cloud).since(cpu);
            Figures.print("loop-rate", deployments / seconds, "deployments/s");
            used.print("loop-cpu", deployments);
        }
    }
}
