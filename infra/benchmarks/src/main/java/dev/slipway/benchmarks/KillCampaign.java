package dev.slipway.benchmarks;

import com.fasterxml.jackson.databind.JsonNode;
import java.nio.file.Path;
import java.time.Duration;
import java.util.SplittableRandom;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;

/** Many drops while workers die: nothing is lost, nothing is twice, no service goes back. */
final class KillCampaign {
    private static final String SUBSCRIPTION = "kill-campaign-finished";
    private static final String REGION = "europe-west1";
    private static final String PREFIX = "kill-";
    private static final int DROPS_A_SERVICE = 5;
    private static final int BURST = 3; // one in so many follows at once
    private static final int LONGEST_BREATH_MILLIS = 1000;
    private static final Duration LONGEST = Duration.ofMinutes(10);

    /** A second, other outcome would come when somebody takes up what is over. */
    private static final Duration AFTERWARDS = Duration.ofSeconds(20);

    private static final Duration BETWEEN_LOOKS = Duration.ofMillis(100);

    private final Cloud cloud;
    private final RawCloud raw;
    private final Path home;
    private final Path command;
    private final long seed;
    private final String services;
    private final Seen seen = Seen.nothing();

    /**
     * @param command that starts workers again
     */
    KillCampaign(Cloud cloud, Path home, Path command, long seed) {
        this.cloud = cloud;
        this.raw = new RawCloud(cloud);
        this.services = "projects/%s/locations/%s/services/".formatted(cloud.project(), REGION);
        this.home = home;
        this.command = command;
        this.seed = seed;
    }

    void run(int kills) throws Exception {
        raw.subscribe(SUBSCRIPTION, cloud.topology().topic("deployment-finished").name());
        SplittableRandom random = new SplittableRandom(seed);
        long start = System.nanoTime();
        Workers workers = new Workers(home);
        Killer killer = new Killer(workers, new Restarts(workers, command), random.split());
        try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
            Future<Integer> killing = threads.submit(() -> killer.run(kills));
            Future<?> dropping = threads.submit(() -> drop(2 * kills, random.split()));
            while (!killing.isDone() || !dropping.isDone()) {
                look();
            }
            dropping.get();
            Figures.print("frozen", killing.get(), "workers");
        }
        Figures.print("killed-and-dropped-within", seconds(start), "s");
        lookUntil(System.nanoTime() + LONGEST.toNanos(), this::settled);
        Figures.print("settled-within", seconds(start), "s");
        lookUntil(System.nanoTime() + AFTERWARDS.toNanos(), () -> false);
        new Judgement(raw, services, seen).print();
    }

    private static double seconds(long start) {
        return (System.nanoTime() - start) / 1e9;
    }

    private void lookUntil(long end, Callable<Boolean> over) throws Exception {
        while (!over.call() && System.nanoTime() < end) {
            look();
        }
    }

    private Void drop(int count, SplittableRandom random) throws Exception {
        int services = Math.max(1, count / DROPS_A_SERVICE);
        String service = PREFIX;
        for (int i = 0; i < count; i++) {
            if (i == 0 || random.nextInt(BURST) > 0) {
                Thread.sleep(random.nextInt(LONGEST_BREATH_MILLIS));
                service = PREFIX + random.nextInt(services);
            }
            String object = random.nextBoolean() ? service : service + "/" + i;
            seen.dropped(raw.upload(object + ".tar.gz", Archives.saying("drop " + i)));
        }
        return null;
    }

    private void look() throws Exception {
        for (JsonNode message : raw.take(raw.full(SUBSCRIPTION))) {
            seen.told(message);
        }
        for (JsonNode service : raw.services(REGION)) {
            if (service.path("name").asText().startsWith(services + PREFIX)) {
                seen.serves(service);
            }
        }
        Thread.sleep(BETWEEN_LOOKS);
    }

    private boolean settled() throws Exception {
        return seen.isEveryDropTold() && raw.ledger("open/").isEmpty();
    }
}
