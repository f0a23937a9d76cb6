package dev.slipway.local.pubsub;

import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.io.TempDir;

/**
 * The same contract on Google's own emulator, where it is installed: it keeps the contract true.
 */
class EmulatorTest extends PubSubContract {
    private static final Path JAR =
            Path.of(
                    "/usr/lib/google-cloud-sdk/platform/pubsub-emulator/lib/"
                            + "cloud-pubsub-emulator-0.8.20-all.jar");

    @TempDir static Path home;
    private static @Nullable Process emulator;
    private static int port;

    @BeforeAll
    static void start() throws IOException {
        assumeTrue(Files.exists(JAR), "Google's emulator is not installed at " + JAR);
        try (ServerSocket free = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            port = free.getLocalPort();
        }
        emulator =
                new ProcessBuilder(
                                ProcessHandle.current().info().command().orElse("java"),
                                "-jar",
                                JAR.toString(),
                                "--host=127.0.0.1",
                                "--port=" + port)
                        .redirectErrorStream(true)
                        .redirectOutput(home.resolve("emulator.log").toFile())
                        .start();
        await().atMost(Duration.ofSeconds(60)).until(EmulatorTest::listens);
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
}
