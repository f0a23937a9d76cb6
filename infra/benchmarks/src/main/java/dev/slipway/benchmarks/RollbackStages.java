package dev.slipway.benchmarks;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.fasterxml.jackson.databind.JsonNode;
import dev.slipway.benchmarks.Workers.Worker;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;

/**
 * Rolls a service back while a newer deployment of it stands at each stage in turn: the newer never
 * comes back by itself, whatever it is told, and not when all workers are started anew.
 */
final class RollbackStages {
    private static final String SUBSCRIPTION = "rollback-stages-finished";
    private static final String REGION = "europe-west1";
    private static final String SERVICE = "taken-back";
    private static final Duration SLOW = Duration.ofSeconds(8);

    /** The script has the stages swept every 2 s; who comes back would come with a sweep. */
    private static final Duration AFTERWARDS = Duration.ofSeconds(8);

    private static final Duration BETWEEN_LOOKS = Duration.ofMillis(50);
    private static final int MEGABYTES = 60;

    private final RawCloud raw;
    private final String finishedTopic;
    private final Workers workers;
    private final Path command;
    private final Await await = new Await(Duration.ofMinutes(2), this::look);
    private final Seen seen = Seen.nothing();
    private final Map<String, Integer> endings = new TreeMap<>();
    private final Set<String> cameBack = new TreeSet<>();

    /** What serves, or nothing while it may change. */
    private Optional<String> rolledBackTo = Optional.empty();

    /**
     * @param command that people type
     */
    RollbackStages(Cloud cloud, Path home, Path command) {
        this.raw = new RawCloud(cloud);
        this.finishedTopic = cloud.topology().topic("deployment-finished").name();
        this.workers = new Workers(home);
        this.command = command;
    }

    /** Where the newer deployment stands when its service is rolled back. */
    private enum At {
        DROPPED("upload-worker"),
        RECEIVED("upload-worker"),
        VERIFIED("build-worker"),
        BUILDING(""),
        BUILT("deploy-worker"),
        DEPLOYING(""),
        DONE("");

        /** Who must stand still for the newer to stay there, if anybody. */
        private final String frozen;

        At(String frozen) {
            this.frozen = frozen;
        }

        byte[] source(String text) throws IOException {
            return switch (this) {
                case RECEIVED -> Archives.weighing(MEGABYTES, text);
                case BUILDING -> Archives.buildingFor(SLOW, text);
                case DEPLOYING -> Archives.startingFor(SLOW, text);
                case DROPPED, VERIFIED, BUILT, DONE -> Archives.saying(text);
            };
        }

        String text() {
            return name().toLowerCase(Locale.ROOT);
        }
    }

    void run(int rounds) throws Exception {
        raw.subscribe(SUBSCRIPTION, finishedTopic);
        String next = live("one");
        String serving = live("two");
        for (int round = 0; round < rounds; round++) {
            for (At at : At.values()) {
                rollBack(at, next, at + " in round " + round);
                String left = serving;
                serving = next;
                next = left;
            }
        }
        for (Worker worker : workers.all()) {
            Killer.signal("KILL", worker.pid());
        }
        new Restarts(workers, command).toTheEnd();
        long end = System.nanoTime() + AFTERWARDS.toNanos();
        while (System.nanoTime() < end) {
            look();
        }
        print(rounds * At.values().length);
    }

    private void print(int rollbacks) {
        cameBack.forEach(it -> System.err.println("came back: " + it));
        Figures.print("rollbacks", rollbacks, "rollbacks");
        endings.forEach((how, count) -> Figures.print(how, count, "drops"));
        Figures.print("came-back", cameBack.size(), "revisions");
        Figures.print("with-two-verdicts", (double) seen.doubled(), "drops");
    }

    /** Deploys this text and returns the revision that then serves. */
    private String live(String text) throws Exception {
        String verdict = verdict(dropped(Archives.saying(text)));
        if (!verdict.equals("LIVE")) {
            throw new IllegalStateException(text + " ended " + verdict);
        }
        return await.found("what serves " + SERVICE, this::serving);
    }

    private void rollBack(At at, String to, String text) throws Exception {
        rolledBackTo = Optional.empty();
        if (at != At.RECEIVED) {
            signal("STOP", at);
        }
        JsonNode newer;
        try {
            newer = dropped(at.source(text));
            await.holds(text, () -> stands(at, newer));
            if (at == At.RECEIVED) {
                signal("STOP", at);
                await.holds("still " + text, () -> stands(at, newer));
            }
            rollBack(at, to);
        } finally {
            signal("CONT", at);
        }
        endings.merge(at.text() + "-ended-" + verdict(newer), 1, Integer::sum);
    }

    private void rollBack(At at, String to) throws Exception {
        int asked = raw.ledger("requests/").size();
        Process rollback =
                new ProcessBuilder(command.toString(), "rollback", SERVICE, "--to", to)
                        .redirectErrorStream(true)
                        .start();
        try {
            await.holds("the request", () -> raw.ledger("requests/").size() > asked);
            if (at == At.BUILT) {
                signal("CONT", at); // it is this worker that rolls back
            }
            await.holds("the end of the rollback", () -> !rollback.isAlive());
        } finally {
            rollback.destroy();
        }
        if (rollback.exitValue() != 0) {
            throw new IllegalStateException(
                    "the rollback ended with "
                            + rollback.exitValue()
                            + ": "
                            + new String(rollback.getInputStream().readAllBytes(), UTF_8));
        }
        rolledBackTo = Optional.of(to);
    }

    private void signal(String signal, At at) throws IOException, InterruptedException {
        for (Worker worker : workers.all()) {
            if (worker.name().equals(at.frozen)) {
                Killer.signal(signal, worker.pid());
            }
        }
    }

    private JsonNode dropped(byte[] archive) throws Exception {
        JsonNode drop = raw.upload(SERVICE + ".tar.gz", archive);
        seen.dropped(drop);
        return drop;
    }

    /** What was told of the drop, once nothing of it is open any more. */
    private String verdict(JsonNode drop) throws Exception {
        String told =
                await.found(
                        "the verdict on " + drop.path("generation"),
                        () -> seen.outcomesOf(drop).stream().findFirst());
        await.holds("the end of all", () -> raw.open().isEmpty());
        return told.substring(0, told.indexOf(' '));
    }

    private boolean stands(At at, JsonNode drop) throws Exception {
        List<String> open = raw.open();
        return switch (at) {
            case DROPPED -> open.isEmpty();
            case DONE -> !seen.outcomesOf(drop).isEmpty() && open.isEmpty();
            case RECEIVED, VERIFIED, BUILDING, BUILT, DEPLOYING ->
                    open.size() == 1
                            && raw.record(open.getFirst())
                                    .filter(it -> it.path("stage").asText().equals(at.name()))
                                    .isPresent();
        };
    }

    private Optional<String> serving() throws Exception {
        List<String> revisions = new ArrayList<>();
        for (JsonNode service : raw.services(REGION)) {
            for (JsonNode share : service.path("trafficStatuses")) {
                if (share.path("percent").asInt() > 0) {
                    revisions.add(share.path("revision").asText());
                }
            }
        }
        return revisions.isEmpty() ? Optional.empty() : Optional.of(String.join("+", revisions));
    }

    private void look() throws Exception {
        for (JsonNode message : raw.take(raw.full(SUBSCRIPTION))) {
            seen.told(message);
        }
        String serving = serving().orElse("nothing");
        rolledBackTo
                .filter(wanted -> !wanted.equals(serving))
                .ifPresent(wanted -> cameBack.add(serving + " instead of " + wanted));
        Thread.sleep(BETWEEN_LOOKS);
    }
}
