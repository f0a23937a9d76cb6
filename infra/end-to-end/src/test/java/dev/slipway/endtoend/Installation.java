package dev.slipway.endtoend;

import com.fasterxml.jackson.databind.JsonNode;
import dev.slipway.contracts.Json;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.stream.Stream;
import org.awaitility.Awaitility;

/**
 * An installation in a directory of its own, used through the command people type. Closing stops
 * everything, with force where it has to.
 */
final class Installation implements AutoCloseable {
    private static final Duration LONGEST_COMMAND = Duration.ofMinutes(10);
    private static final Duration LONGEST_END = Duration.ofSeconds(30);
    private static final Path ROOT = root();

    private final Path home;
    private final Map<String, String> environment = new HashMap<>();
    private final List<Long> started = new ArrayList<>();
    private final Thread atExit = Thread.ofPlatform().unstarted(this::kill);
    private boolean closed;

    /**
     * Nothing runs yet.
     *
     * @param cloudArguments further arguments of the local cloud
     */
    Installation(String cloudArguments) throws IOException {
        this(cloudArguments, Map.of());
    }

    /**
     * The same.
     *
     * @param settings of the workers, as environment variables
     */
    Installation(String cloudArguments, Map<String, String> settings) throws IOException {
        this.home = Files.createTempDirectory("slipway-home-");
        environment.put("SLIPWAY_HOME", home.toString());
        environment.put("SLIPWAY_BUILD", "never");
        environment.put("SLIPWAY_LOCAL_CLOUD_ARGS", cloudArguments);
        environment.put("JAVA_HOME", System.getProperty("java.home"));
        environment.put("NO_COLOR", "");
        environment.putAll(settings);
        Runtime.getRuntime().addShutdownHook(atExit);
    }

    private static Path root() {
        Path here = Path.of("").toAbsolutePath();
        while (!Files.exists(here.resolve("slipway"))) {
            here = Optional.ofNullable(here.getParent()).orElseThrow();
        }
        return here;
    }

    /** The checkout. */
    static Path checkout() {
        return ROOT;
    }

    Path home() {
        return home;
    }

    /** What every command is given besides the test's own environment. */
    Map<String, String> environment() {
        return Map.copyOf(environment);
    }

    /** Runs {@code ./slipway <words>}. */
    Run slipway(String... words) throws IOException, InterruptedException {
        List<String> command = new ArrayList<>(List.of(ROOT.resolve("slipway").toString()));
        command.addAll(List.of(words));
        try {
            return Run.of(ROOT, environment, LONGEST_COMMAND, command);
        } finally {
            noteProcesses();
        }
    }

    /** Drops a folder or an archive as a service. */
    Run drop(Path source, String service) throws IOException, InterruptedException {
        return slipway("drop", source.toString(), "--service", service);
    }

    /** The variables that {@code up --env} prints. */
    Map<String, String> exports() throws IOException, InterruptedException {
        Map<String, String> exports = new HashMap<>();
        slipway("up", "--env")
                .exits(0)
                .out()
                .lines()
                .map(line -> line.replaceFirst("^export ", "").split("=", 2))
                .forEach(pair -> exports.put(pair[0], pair[1].replaceAll("^'|'$", "")));
        return exports;
    }

    /** What {@code endpoints.json} says. */
    JsonNode endpoints() throws IOException {
        return Json.read(Files.readAllBytes(home.resolve("endpoints.json")), JsonNode.class);
    }

    String endpoint() throws IOException {
        return endpoints().path("endpoint").asText();
    }

    /** The process id of the worker of this name. */
    long worker(String name) throws IOException {
        return known(name).path("pid").asLong();
    }

    /** Where the worker of this name tells how it is. */
    URI health(String name) throws IOException {
        return URI.create(known(name).path("healthUrl").asText());
    }

    private JsonNode known(String name) throws IOException {
        for (JsonNode worker : endpoints().path("workers")) {
            if (worker.path("name").asText().equals(name)) {
                return worker;
            }
        }
        throw new AssertionError("there is no " + name + " in " + endpoints());
    }

    /** {@code kill -9}. */
    void kill(String worker) throws IOException {
        kill(worker(worker), worker);
    }

    /** {@code kill -9} of the local cloud. */
    void killCloud() throws IOException {
        kill(cloud(), "local-cloud");
    }

    private static void kill(long pid, String name) {
        end(pid, name, ProcessHandle::destroyForcibly);
    }

    /** Asks a worker to end, and waits until it has: {@code kill}. */
    void stop(String worker) throws IOException {
        end(worker(worker), worker, ProcessHandle::destroy);
    }

    /** The same for the local cloud. */
    void stopCloud() throws IOException {
        end(cloud(), "local-cloud", ProcessHandle::destroy);
    }

    /** Lets a worker stand still until it is to go on. */
    void freeze(String worker) throws IOException, InterruptedException {
        signal("-STOP", worker);
    }

    /** Lets one that stands still go on. */
    void thaw(String worker) throws IOException, InterruptedException {
        signal("-CONT", worker);
    }

    private void signal(String signal, String worker) throws IOException, InterruptedException {
        String pid = Long.toString(worker(worker));
        Run.of(ROOT, Map.of(), Duration.ofSeconds(10), List.of("kill", signal, pid)).exits(0);
    }

    private long cloud() throws IOException {
        return endpoints().path("localCloud").path("pid").asLong();
    }

    private static void end(long pid, String name, Consumer<ProcessHandle> asked) {
        ProcessHandle process = ProcessHandle.of(pid).orElseThrow();
        asked.accept(process);
        Awaitility.await("the end of " + name).atMost(LONGEST_END).until(() -> gone(process));
    }

    /** A killed process that nobody collects stays, without a command. */
    private static boolean gone(ProcessHandle process) {
        return !process.isAlive() || process.info().command().isEmpty();
    }

    private synchronized void noteProcesses() throws IOException {
        if (Files.exists(home.resolve("endpoints.json"))) {
            JsonNode known = endpoints();
            known.path("workers").forEach(worker -> started.add(worker.path("pid").asLong()));
            if (known.path("localCloud").isObject()) {
                started.add(known.path("localCloud").path("pid").asLong());
            }
        }
    }

    /** Copies what the processes logged to a directory below {@code target}. */
    Path saveLogs(String name) throws IOException {
        Path saved = ROOT.resolve("infra/end-to-end/target/logs").resolve(name);
        Files.createDirectories(saved);
        if (Files.isDirectory(home.resolve("logs"))) {
            try (Stream<Path> logs = Files.list(home.resolve("logs"))) {
                for (Path log : logs.toList()) {
                    Files.write(saved.resolve(log.getFileName()), Files.readAllBytes(log));
                }
            }
        }
        return saved;
    }

    /** Processes of this machine that work in, or name, the installation's directory. */
    List<String> leftovers() throws IOException {
        List<String> found = new ArrayList<>();
        for (ProcessHandle process : ProcessHandle.allProcesses().toList()) {
            String command = process.info().commandLine().orElse("");
            if (command.contains(home.toString()) || workingDirectory(process).startsWith(home)) {
                found.add(process.pid() + " " + command);
            }
        }
        return found;
    }

    private static Path workingDirectory(ProcessHandle process) {
        try {
            return Path.of("/proc", Long.toString(process.pid()), "cwd").toRealPath();
        } catch (IOException _) {
            return Path.of("/"); // gone, somebody else's, or no Linux
        }
    }

    @Override
    public void close() throws IOException {
        if (closed) {
            return;
        }
        closed = true;
        try {
            slipway("down", "--reset").exits(0);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IOException("interrupted while it stopped", e);
        } finally {
            kill();
            Runtime.getRuntime().removeShutdownHook(atExit);
        }
        remove(home);
    }

    /** Ends what is left of what this installation started. */
    private synchronized void kill() {
        for (long pid : started) {
            ProcessHandle.of(pid)
                    .filter(process -> process.info().command().orElse("").endsWith("/java"))
                    .ifPresent(ProcessHandle::destroyForcibly);
        }
    }

    /** Removes a folder with all that is in it, if it is there. */
    static void remove(Path folder) throws IOException {
        if (Files.exists(folder)) {
            try (Stream<Path> all = Files.walk(folder)) {
                for (Path path : all.sorted(Comparator.reverseOrder()).toList()) {
                    Files.deleteIfExists(path);
                }
            }
        }
    }
}
