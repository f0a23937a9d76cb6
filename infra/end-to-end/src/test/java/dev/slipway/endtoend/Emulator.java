package dev.slipway.endtoend;

import java.io.File;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.awaitility.Awaitility;

/** Google's own emulator of Pub/Sub, a process of its own. */
final class Emulator implements AutoCloseable {
    private static final Duration PATIENCE = Duration.ofSeconds(60);
    private static final int GRACE_SECONDS = 10;

    private final Process process;
    private final int port;

    private Emulator(Process process, int port) {
        this.process = process;
        this.port = port;
    }

    /**
     * Where gcloud's installation keeps it, if that is on this machine; its version is in the name.
     */
    static Optional<Path> program() throws IOException {
        Optional<Path> gcloud =
                Stream.of(System.getenv("PATH").split(File.pathSeparator, -1))
                        .map(directory -> Path.of(directory, "gcloud"))
                        .filter(Files::isExecutable)
                        .findFirst();
        if (gcloud.isEmpty()) {
            return Optional.empty();
        }
        Path library =
                gcloud.get()
                        .toRealPath()
                        .resolveSibling("../platform/pubsub-emulator/lib")
                        .normalize();
        if (!Files.isDirectory(library)) {
            return Optional.empty();
        }
        try (Stream<Path> files = Files.list(library)) {
            return files.filter(file -> file.toString().endsWith("-all.jar")).findFirst();
        }
    }

    /** Starts it and waits until it listens. */
    static Emulator start(Path program, Path log) throws IOException {
        int port;
        try (ServerSocket free = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            port = free.getLocalPort();
        }
        Process process =
                new ProcessBuilder(
                                List.of(
                                        Path.of(System.getProperty("java.home"), "bin", "java")
                                                .toString(),
                                        "-jar",
                                        program.toString(),
                                        "--host=127.0.0.1",
                                        "--port=" + port))
                        .redirectErrorStream(true)
                        .redirectOutput(log.toFile())
                        .start();
        Emulator emulator = new Emulator(process, port);
        Awaitility.await("the emulator listens")
                .atMost(PATIENCE)
                .failFast("the emulator ended; see " + log, () -> !process.isAlive())
                .until(emulator::listens);
        return emulator;
    }

    private boolean listens() {
        try (Socket _ = new Socket(InetAddress.getLoopbackAddress(), port)) {
            return true;
        } catch (IOException _) {
            return false;
        }
    }

    String endpoint() {
        return "http://127.0.0.1:" + port;
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
