package dev.slipway.cli.installation;

import com.fasterxml.jackson.databind.JsonNode;
import dev.slipway.contracts.Json;
import dev.slipway.contracts.Shown;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/** Asks processes whether they can work (MicroProfile Health: readiness). */
public final class Health {
    private static final Duration PATIENCE = Duration.ofSeconds(2);
    private static final int OK = 200;
    private static final int MOST_FINDINGS = 50;

    /**
     * What a process answered.
     *
     * @param paused whether its stage is paused, so that it takes up nothing
     * @param missing what it lacks, in its own words
     */
    public record Readiness(boolean ready, boolean paused, List<String> missing) {
        static Readiness not(String why) {
            return new Readiness(false, false, List.of(why));
        }
    }

    /** Asks one process; one that does not answer is not ready. */
    public Readiness of(Started process) {
        try {
            HttpResponse<byte[]> answer =
                    Http.client()
                            .send(
                                    HttpRequest.newBuilder(URI.create(process.healthUrl()))
                                            .timeout(PATIENCE)
                                            .build(),
                                    HttpResponse.BodyHandlers.ofByteArray());
            return answer.statusCode() == OK
                    ? new Readiness(true, paused(answer.body()), List.of())
                    : new Readiness(false, false, missing(answer.body()));
        } catch (IOException e) {
            return Readiness.not("it does not answer yet");
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return Readiness.not("asking it was interrupted");
        }
    }

    /** The local cloud answers with nothing, which says nothing of a pause. */
    static boolean paused(byte[] body) {
        try {
            return !Json.read(body, JsonNode.class)
                    .path("checks")
                    .findPath("paused")
                    .isMissingNode();
        } catch (IOException _) {
            return false;
        }
    }

    static List<String> missing(byte[] body) {
        List<String> findings = new ArrayList<>();
        try {
            for (JsonNode check : Json.read(body, JsonNode.class).path("checks")) {
                if (!check.path("status").asText().equals("UP")) {
                    check.path("data").forEach(value -> findings.add(Shown.of(value.asText())));
                }
            }
        } catch (IOException _) {
            return List.of("its health answer is no JSON");
        }
        return findings.size() > MOST_FINDINGS ? findings.subList(0, MOST_FINDINGS) : findings;
    }
}
