package dev.slipway.benchmarks;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;

/** The workers that an installation has noted down, whether they still run or not. */
final class Workers {
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final HttpClient HTTP = HttpClient.newHttpClient();
    private static final Duration PATIENCE = Duration.ofSeconds(1);
    private static final int OK = 200;

    private final Path home;

    Workers(Path home) {
        this.home = home;
    }

    /**
     * One worker's process.
     *
     * @param health answers with success once it can work
     */
    record Worker(String name, long pid, URI health) {
        /** A killed process that nobody collects keeps its pid, but has no command. */
        boolean runs() {
            return ProcessHandle.of(pid)
                    .filter(ProcessHandle::isAlive)
                    .flatMap(process -> process.info().command())
                    .isPresent();
        }

        boolean ready() throws InterruptedException {
            HttpRequest request = HttpRequest.newBuilder(health).timeout(PATIENCE).build();
            try {
                return HTTP.send(request, BodyHandlers.discarding()).statusCode() == OK;
            } catch (IOException _) {
                return false; // it starts, or has just ended
            }
        }
    }

    /** All of them, by name. */
    List<Worker> all() throws IOException {
        JsonNode endpoints = JSON.readTree(home.resolve("endpoints.json").toFile());
        List<Worker> all = new ArrayList<>();
        for (JsonNode worker : endpoints.path("workers")) {
            all.add(
                    new Worker(
                            worker.path("name").asText(),
                            worker.path("pid").asLong(),
                            URI.create(worker.path("healthUrl").asText())));
        }
        all.sort(Comparator.comparing(Worker::name));
        return all;
    }
}
