package dev.slipway.benchmarks;

import dev.slipway.contracts.ObjectVersion;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/** How long a drop takes to its outcome where builds and services take nothing, one at a time. */
final class OwnShare {
    private static final Duration LONGEST = Duration.ofMinutes(5);
    private static final int SERVICES = 50;

    private final Cloud cloud;

    OwnShare(Cloud cloud) {
        this.cloud = cloud;
    }

    /** As many before them only warm up: workers run for days. */
    void run(int runs) throws Exception {
        Clients clients = new Clients(cloud);
        Drops drops = new Drops(clients.storage(), cloud.drops());
        int warm = runs;
        List<ObjectVersion> all = new ArrayList<>();
        double[] millis = new double[runs];
        Stages stages = new Stages();
        try (Outcomes outcomes = new Outcomes(cloud, clients)) {
            for (int i = -warm; i < runs; i++) {
                Drops.Source source =
                        Drops.Source.of("own-" + Math.floorMod(i, SERVICES), "version " + i);
                long start = System.nanoTime();
                ObjectVersion drop = drops.upload(source);
                all.add(drop);
                outcomes.await(all.size(), LONGEST);
                if (i >= 0) {
                    millis[i] = (outcomes.of(drop.toString()).nanos() - start) / 1e6;
                    stages.add(drops.liveAnswerSoon(drop));
                }
            }
            outcomes.requireAllLive();
        }
        Figures.print("own-p50", Figures.percentile(millis, 50), "ms");
        Figures.print("own-p90", Figures.percentile(millis, 90), "ms");
        Figures.print("own-p99", Figures.percentile(millis, 99), "ms");
        stages.print("own");
        Figures.print("live", all.size(), "of-" + all.size());
    }
}
