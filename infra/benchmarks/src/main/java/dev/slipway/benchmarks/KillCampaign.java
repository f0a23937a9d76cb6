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
    private static final int BURST = 3; // one in so many is of the same service as the last
    private static final int DROPS_A_KILL = 2;
    private static final Duration LONGEST = Duration.ofMinutes(10);

    /** A second, other outcome would come when somebody takes up what is over. */
    private static final Duration AFTERWARDS = Duration.ofSeconds(20);

    private static final Duration BETWEEN_LOOKS = Duration.ofMillis(100);

    private final Cloud cloud;
    private final RawCloud raw;
    private final Path home;
    private final Path command;
    private final SplittableRandom choices;
    private final String services;
    private final Seen seen = Seen.nothing();
    private String service = "";
    private int dropped;

    /**
     * @param command that starts workers again
     */
    KillCampaign(Cloud cloud, Path home, Path command, long seed) {
        this.cloud = cloud;
        this.raw = new RawCloud(cloud);
        this.services = "projects/%s/locations/%s/services/".formatted(cloud.project(), REGION);
        this.home = home;
        this.command = command;
        this.choices = new SplittableRandom(seed);
    }

    void run(int kills) throws Exception {
        raw.subscribe(SUBSCRIPTION, cloud.topology().topic("deployment-finished").name());
        long start = System.nanoTime();
        Workers workers = new Workers(home);
        Killer killer =
                new Killer(
                        workers,
                        new Restarts(workers, command),
                        count -> drop(DROPS_A_KILL * count, DROPS_A_KILL * kills),
                        choices.split());
        try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
            Future<Integer> killing = threads.submit(() -> killer.run(kills));
            while (!killing.isDone()) {
                look();
            }
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

    /** So many of all; one may overtake another of its service. */
    private void drop(int count, int all) throws Exception {
        int services = Math.max(1, all / DROPS_A_SERVICE);
        for (int i = 0; i < count; i++) {
            if (service.isEmpty() || choices.nextInt(BURST) > 0) {
                service = PREFIX + choices.nextInt(services);
            }
            dropped++;
            String object = choices.nextBoolean() ? service : service + "/" + dropped;
            seen.dropped(raw.upload(object + ".tar.gz", Archives.saying("drop " + dropped)));
        }
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
        return seen.isEveryDropTold() && raw.open().isEmpty();
    }
}
