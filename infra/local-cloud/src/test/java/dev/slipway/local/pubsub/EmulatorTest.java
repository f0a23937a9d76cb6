package dev.slipway.local.pubsub;

import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.File;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.EnumSet;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.io.TempDir;

/**
 * The same contract on Google's own emulator, where it is installed: it keeps the contract true.
 */
class EmulatorTest extends PubSubContract {
    @TempDir static Path home;
    private static @Nullable Process emulator;
    private static int port;

    @BeforeAll
    static void start() throws IOException {
        Optional<Path> jar = jar();
        assumeTrue(
                jar.isPresent(),
                "Google's Pub/Sub emulator is not installed beside the gcloud on the PATH");
        try (ServerSocket free = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            port = free.getLocalPort();
        }
        emulator =
                new ProcessBuilder(
                                ProcessHandle.current().info().command().orElse("java"),
                                "-jar",
                                jar.orElseThrow().toString(),
                                "--host=127.0.0.1",
                                "--port=" + port)
                        .redirectErrorStream(true)
                        .redirectOutput(home.resolve("emulator.log").toFile())
                        .start();
        await().atMost(Duration.ofSeconds(60)).until(EmulatorTest::listens);
    }

    /** Where gcloud's installation keeps it; its version stands in the name. */
    private static Optional<Path> jar() throws IOException {
        Optional<Path> gcloud =
                Stream.of(System.getenv().getOrDefault("PATH", "").split(File.pathSeparator, -1))
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

    private static boolean listens() {
        try (Socket _ = new Socket(InetAddress.getLoopbackAddress(), port)) {
            return true;
        } catch (IOException _) {
            return false;
        }
    }

    @AfterAll
    static void stop() throws InterruptedException {
        Process started = emulator;
        if (started != null) {
            started.destroy();
            if (!started.waitFor(10, TimeUnit.SECONDS)) {
                started.destroyForcibly();
            }
        }
    }

    @Override
    String authority() {
        return "127.0.0.1:" + port;
    }

    @Override
    Set<Ability> lacks() {
        return EnumSet.allOf(Ability.class);
    }
}
