package dev.slipway.benchmarks;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Optional;

/**
 * How soon a build is over, and its deployment told SUPERSEDED, after the ledger names a newer one.
 * All moments are the cloud's own.
 */
final class Supersede {
    private static final String FINISHED = "supersede-finished";
    private static final String WRITES = "supersede-writes";
    private static final String REGION = "europe-west1";
    private static final Duration LONGEST = Duration.ofMinutes(2);
    private static final Await AWAIT = Await.looking(Duration.ofMillis(50), LONGEST);

    private final RawCloud raw;
    private final String finishedTopic;
    private final List<JsonNode> finished = new ArrayList<>();
    private final List<JsonNode> writes = new ArrayList<>();

    Supersede(Cloud cloud) {
        this.raw = new RawCloud(cloud);
        this.finishedTopic = cloud.topology().topic("deployment-finished").name();
    }

    void run(int count) throws Exception {
        raw.subscribe(FINISHED, finishedTopic);
        raw.tellWrites("services/", WRITES, WRITES);
        double told = 0;
        double stopped = 0;
        for (int i = 0; i < count; i++) {
            String service = "supersede-" + i;
            AWAIT.holds("the end of all before", () -> raw.open().isEmpty());
            String older = building(service);
            JsonNode newer = raw.upload(service + "/newer.tar.gz", Archives.saying("newer " + i));
            Instant end = superseded(older);
            Instant build = cancelled(older);
            Instant named = named(service, Instant.parse(newer.path("timeCreated").asText()));
            told = Math.max(told, seconds(named, end));
            stopped = Math.max(stopped, seconds(named, build));
        }
        Figures.print("told-superseded-after", told, "s");
        Figures.print("build-over-after", stopped, "s");
    }

    private static double seconds(Instant from, Instant to) {
        return Duration.between(from, to).toMillis() / 1000.0;
    }

    /** Drops a source that builds slowly; returns its deployment once its build runs. */
    private String building(String service) throws Exception {
        String object = service + "/older.tar.gz";
        raw.upload(object, Archives.buildingFor(LONGEST, "older"));
        String deployment =
                AWAIT.found("the deployment of " + object, () -> raw.open().stream().findFirst());
        AWAIT.found("the build of " + deployment, () -> build(deployment, "WORKING"));
        return deployment;
    }

    private Optional<JsonNode> build(String deployment, String status) throws Exception {
        return raw.builds(REGION).stream()
                .filter(build -> build.path("tags").toString().contains(deployment))
                .filter(build -> build.path("status").asText().equals(status))
                .findFirst();
    }

    private Instant cancelled(String deployment) throws Exception {
        JsonNode build = AWAIT.found("the end of the build", () -> build(deployment, "CANCELLED"));
        return Instant.parse(build.path("finishTime").asText());
    }

    private Instant superseded(String deployment) throws Exception {
        JsonNode message =
                AWAIT.found(
                        "the end of " + deployment,
                        () -> {
                            finished.addAll(raw.take(raw.full(FINISHED)));
                            return finished.stream()
                                    .filter(it -> event(it, "deployment").equals(deployment))
                                    .findFirst();
                        });
        if (!event(message, "outcome").equals("SUPERSEDED")) {
            throw new IllegalStateException("not SUPERSEDED: " + message);
        }
        return Instant.parse(message.path("publishTime").asText());
    }

    private static String event(JsonNode message, String field) {
        try {
            return RawCloud.json(Base64.getDecoder().decode(message.path("data").asText()))
                    .path(field)
                    .asText();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** When what is wanted of the service was first written after this: it names the newer drop. */
    private Instant named(String service, Instant after) throws Exception {
        String object = "services/" + REGION + "/" + service;
        return AWAIT.found(
                "the write of " + object,
                () -> {
                    writes.addAll(raw.take(raw.full(WRITES)));
                    return writes.stream()
                            .map(it -> it.path("attributes"))
                            .filter(it -> it.path("objectId").asText().equals(object))
                            .map(it -> Instant.parse(it.path("eventTime").asText()))
                            .filter(time -> !time.isBefore(after))
                            .min(Instant::compareTo);
                });
    }
}
