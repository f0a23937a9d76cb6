package dev.slipway.benchmarks;

import dev.slipway.contracts.ObjectVersion;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/** How many deployments a second whatever works here brings from the drop bucket to LIVE. */
final class PriceOfSafety {
    private static final Duration LONGEST = Duration.ofMinutes(10);
    private static final int UPLOADS_AT_ONCE = 16;

    private final Cloud cloud;

    PriceOfSafety(Cloud cloud) {
        this.cloud = cloud;
    }

    /**
     * Warms up with more deployments than it measures; a region takes 1000 services.
     *
     * @param side who works: names its services and its figure
     */
    void run(String side, String warmRegion, String region, int deployments) throws Exception {
        Clients clients = new Clients(cloud);
        Drops drops = new Drops(clients.storage(), cloud.drops());
        try (Outcomes outcomes = new Outcomes(cloud, clients, "price-of-safety-" + side)) {
            int warm = deployments * 8 / 5;
            drops.upload(sources(warmRegion, side + "-warm", warm), UPLOADS_AT_ONCE);
            outcomes.await(warm, LONGEST);
            long start = System.nanoTime();
            List<ObjectVersion> measured =
                    drops.upload(sources(region, side, deployments), UPLOADS_AT_ONCE);
            outcomes.await(warm + measured.size(), LONGEST);
            double seconds = (System.nanoTime() - start) / 1e9;
            Figures.print(side + "-rate", deployments / seconds, "deployments/s");
            outcomes.requireAllLive();
        }
    }

    private static List<Drops.Source> sources(String region, String name, int count)
            throws IOException {
        List<Drops.Source> sources = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            sources.add(Drops.Source.of(region + "/" + name + "-" + i, name + " " + i));
        }
        return sources;
    }
}
