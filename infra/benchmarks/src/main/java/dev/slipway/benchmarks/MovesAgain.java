package dev.slipway.benchmarks;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

/** How soon a deployment goes on when the worker that works on it is killed, and has a second. */
final class MovesAgain {
    private static final String REGION = "europe-west1";
    private static final Duration SLOW = Duration.ofSeconds(5);
    private static final Await AWAIT = Await.looking(Duration.ofMillis(20), Duration.ofMinutes(3));
    private static final int MEGABYTES = 60;

    private final Cloud cloud;
    private final RawCloud raw;
    private final Path home;
    private final Path command;

    /**
     * @param command that starts workers again
     */
    MovesAgain(Cloud cloud, Path home, Path command) {
        this.cloud = cloud;
        this.raw = new RawCloud(cloud);
        this.home = home;
        this.command = command;
    }

    /** Where a deployment stands when its worker is killed. */
    private enum Kill {
        RECEIVED("upload-worker"),
        BUILDING("build-worker"),
        DEPLOYING("deploy-worker");

        private final String worker;

        Kill(String worker) {
            this.worker = worker;
        }

        byte[] source(String text) throws IOException {
            return switch (this) {
                case RECEIVED -> Archives.weighing(MEGABYTES, text);
                case BUILDING -> Archives.buildingFor(SLOW, text);
                case DEPLOYING -> Archives.startingFor(SLOW, text);
            };
        }
    }

    void run(int times) throws Exception {
        for (Kill kill : Kill.values()) {
            double slowest = 0;
            for (int i = 0; i < times; i++) {
                slowest = Math.max(slowest, once(kill, "again-" + i));
                new Restarts(new Workers(home), command).toTheEnd();
            }
            String name = kill.name().toLowerCase(Locale.ROOT);
            Figures.print("moves-again-when-" + name, slowest, "s");
        }
    }

    private double once(Kill kill, String service) throws Exception {
        String name = kill.name().toLowerCase(Locale.ROOT) + "-" + service;
        raw.upload(name + ".tar.gz", kill.source(name));
        String deployment =
                AWAIT.found("the deployment of " + name, () -> raw.open().stream().findFirst());
        AWAIT.found(name + " " + kill, () -> raw.record(deployment).filter(it -> at(it, kill)));
        String worker = AWAIT.found("who has " + deployment, () -> busy(kill, deployment));
        Killer.signal("KILL", pid(worker));
        long killed = System.nanoTime();
        if (raw.record(deployment).filter(it -> at(it, kill)).isEmpty()) {
            throw new IllegalStateException(name + " went on before " + worker + " was killed");
        }
        AWAIT.found(name + " goes on", () -> raw.record(deployment).filter(it -> !at(it, kill)));
        double seconds = (System.nanoTime() - killed) / 1e9;
        requireLive(deployment);
        requireSays(name);
        return seconds;
    }

    private void requireLive(String deployment) throws Exception {
        AWAIT.holds("the end of " + deployment, () -> raw.open().isEmpty());
        String reason = raw.record(deployment).orElseThrow().at("/verdict/reason").asText();
        if (!reason.equals("DEPLOYED")) {
            throw new IllegalStateException(deployment + " ended with " + reason);
        }
    }

    private void requireSays(String service) throws Exception {
        String said = raw.says(REGION, service);
        if (!said.equals(service)) {
            throw new IllegalStateException(service + " says " + said);
        }
    }

    private static boolean at(JsonNode record, Kill kill) {
        return record.path("stage").asText().equals(kill.name());
    }

    /** The one of a stage's workers whose log speaks of the deployment. */
    private Optional<String> busy(Kill kill, String deployment) throws IOException {
        for (String worker : workers(kill)) {
            Path log = home.resolve("logs").resolve(worker + ".log");
            try (Stream<String> lines = Files.lines(log)) {
                if (lines.anyMatch(line -> line.contains("deployment=" + deployment))) {
                    return Optional.of(worker);
                }
            }
        }
        return Optional.empty();
    }

    private List<String> workers(Kill kill) {
        return cloud.pids().keySet().stream().filter(name -> name.startsWith(kill.worker)).toList();
    }

    private long pid(String worker) throws IOException {
        Map<String, Long> pids = Cloud.at(home).pids();
        return pids.getOrDefault(worker, -1L);
    }
}
