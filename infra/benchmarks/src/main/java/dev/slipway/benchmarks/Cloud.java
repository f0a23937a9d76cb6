package dev.slipway.benchmarks;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.slipway.contracts.Topology;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;

/**
 * The installation that is measured.
 *
 * @param endpoint of its local cloud
 * @param pids of the local cloud and the workers, by name
 */
record Cloud(
        String project,
        String installation,
        URI endpoint,
        Topology topology,
        Map<String, Long> pids) {
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final HttpClient HTTP = HttpClient.newHttpClient();

    /** Linux counts a process' time in hundredths of a second, whatever the kernel's own tick. */
    private static final double TICKS_A_SECOND = 100;

    /** What stands in a home. */
    static Cloud at(Path home) throws IOException {
        JsonNode endpoints = JSON.readTree(home.resolve("endpoints.json").toFile());
        String project = endpoints.path("project").asText();
        String installation = endpoints.path("installation").asText();
        Map<String, Long> pids = new TreeMap<>();
        pids.put("local-cloud", endpoints.path("localCloud").path("pid").asLong());
        endpoints
                .path("workers")
                .forEach(
                        worker ->
                                pids.put(
                                        worker.path("name").asText(), worker.path("pid").asLong()));
        return new Cloud(
                project,
                installation,
                URI.create(endpoints.path("endpoint").asText()),
                Topology.of(project, installation),
                pids);
    }

    String drops() {
        return topology.bucket("drop").name();
    }

    String ledger() {
        return topology.bucket("ledger").name();
    }

    /** What was called since the local cloud started. */
    Calls calls() throws IOException, InterruptedException {
        HttpRequest request = HttpRequest.newBuilder(endpoint.resolve("/metrics")).build();
        return Calls.parse(HTTP.send(request, BodyHandlers.ofString()).body());
    }

    /** The seconds of processor time that each process has used; an ended one has used none. */
    Map<String, Double> cpuSeconds() {
        Map<String, Double> seconds = new TreeMap<>();
        pids.forEach((name, pid) -> seconds.put(name, cpuSeconds(pid)));
        return seconds;
    }

    /** Of one process; it has used none where this machine does not tell. */
    static double cpuSeconds(long pid) {
        try (Stream<String> lines = Files.lines(Path.of("/proc/" + pid + "/stat"))) {
            String line = lines.findFirst().orElse("");
            String[] fields = line.substring(line.lastIndexOf(')') + 2).split(" ", -1);
            return (Long.parseLong(fields[11]) + Long.parseLong(fields[12])) / TICKS_A_SECOND;
        } catch (IOException _) {
            return 0;
        }
    }
}
