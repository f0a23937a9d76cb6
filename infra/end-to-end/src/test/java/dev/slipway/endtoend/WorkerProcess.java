package dev.slipway.endtoend;

import com.fasterxml.jackson.databind.JsonNode;
import dev.slipway.contracts.Json;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;

/** One more worker, started by the test with settings of its own. */
final class WorkerProcess implements AutoCloseable {
    private static final int GRACE_SECONDS = 30;

    private final Process process;
    private final String readiness;

    /**
     * Starts it.
     *
     * @param changed environment variables that differ from those that {@code up} gives
     */
    WorkerProcess(Installation installation, String name, Map<String, String> changed)
            throws IOException {
        this(installation, name, changed, List.of());
    }

    /**
     * Starts it.
     *
     * @param flags Java's own, besides the usual ones
     */
    WorkerProcess(
            Installation installation, String name, Map<String, String> changed, List<String> flags)
            throws IOException {
        int port = freePort();
        this.readiness = "http://127.0.0.1:" + port + "/q/health/ready";
        Map<String, String> environment = new HashMap<>();
        environment.put("SLIPWAY_PROJECT", Cloud.PROJECT);
        environment.put("SLIPWAY_PROJECT_NUMBER", "100000000001");
        environment.put("SLIPWAY_INSTALLATION", "slipway");
        environment.put("SLIPWAY_REGIONS", "europe-west1,us-central1");
        environment.put("SLIPWAY_ENDPOINT", installation.endpoint());
        environment.put(
                "SLIPWAY_TOKEN_FILE", token(installation, name.replace("-worker", "")).toString());
        environment.put("QUARKUS_HTTP_HOST", "127.0.0.1");
        environment.put("QUARKUS_HTTP_PORT", Integer.toString(port));
        environment.putAll(changed);
        Path program =
                Installation.checkout().resolve(name).resolve("target/quarkus-app/quarkus-run.jar");
        List<String> command =
                new ArrayList<>(
                        List.of(
                                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                                "-Xmx256m",
                                "-XX:+UseSerialGC",
                                "-XX:TieredStopAtLevel=1"));
        command.addAll(flags);
        command.addAll(List.of("-jar", program.toString()));
        Path log = installation.home().resolve("logs/extra-" + name + ".log");
        ProcessBuilder builder =
                new ProcessBuilder(command)
                        .directory(installation.home().toFile())
                        .redirectErrorStream(true)
                        .redirectOutput(ProcessBuilder.Redirect.appendTo(log.toFile()));
        builder.environment().putAll(environment);
        this.process = builder.start();
    }

    static Path token(Installation installation, String identity) {
        return installation.home().resolve("tokens").resolve(identity);
    }

    private static int freePort() throws IOException {
        try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            return socket.getLocalPort();
        }
    }

    /** What {@code /q/health/ready} answers. */
    record Readiness(int status, List<String> missing) {}

    /** Asks; before it listens it is not ready and says nothing. */
    Readiness readiness() throws InterruptedException {
        try {
            HttpResponse<String> answer = Web.get(readiness);
            List<String> missing = new ArrayList<>();
            Json.read(answer.body().getBytes(StandardCharsets.UTF_8), JsonNode.class)
                    .path("checks")
                    .forEach(
                            check ->
                                    check.path("data").forEach(text -> missing.add(text.asText())));
            return new Readiness(answer.statusCode(), missing);
        } catch (IOException _) {
            if (!process.isAlive()) {
                throw new AssertionError("the worker ended with " + process.exitValue());
            }
            return new Readiness(0, List.of());
        }
    }

    /** Waits until it ends, and returns with which code. */
    int awaitEnd() throws InterruptedException {
        return process.waitFor();
    }

    @Override
    public void close() {
        process.destroy();
        try {
            if (process.waitFor(GRACE_SECONDS, TimeUnit.SECONDS)) {
                return;
            }
        } catch (InterruptedException _) {
            Thread.currentThread().interrupt();
        }
        process.destroyForcibly();
    }
}
