package dev.slipway.endtoend;

import com.google.cloud.storage.Storage;
import dev.slipway.contracts.Topology.Identity;
import dev.slipway.kit.SlipwayConfig;
import dev.slipway.kit.google.GoogleAccess;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.awaitility.Awaitility;

/** The local cloud without workers: a process of its own, that knows the identities' tokens. */
final class BareCloud implements AutoCloseable {
    private static final String READY = "listening on ";
    private static final int GRACE_SECONDS = 20;
    private static final Duration PATIENCE = Duration.ofSeconds(60);
    private static final Path BUILT = Installation.checkout().resolve("infra/local-cloud/target");

    private final Path home;
    private final Process process;
    private final URI endpoint;

    /**
     * Starts it and waits until it listens.
     *
     * @param home an empty directory
     * @param flags further arguments
     */
    BareCloud(Path home, String... flags) throws IOException {
        this.home = home;
        Path tokens = Files.createDirectories(home.resolve("tokens"));
        for (Identity identity : Cloud.TOPOLOGY.identities()) {
            Files.writeString(tokens.resolve(identity.id()), UUID.randomUUID().toString());
        }
        this.process = start(home, flags);
        this.endpoint = awaitEndpoint();
    }

    private static Process start(Path home, String... flags) throws IOException {
        List<String> command =
                new ArrayList<>(
                        List.of(
                                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                                "-Xmx512m",
                                "-jar",
                                program().toString(),
                                "--home",
                                home.toString()));
        command.addAll(List.of(flags));
        return new ProcessBuilder(command)
                .redirectOutput(home.resolve("out.log").toFile())
                .redirectError(home.resolve("err.log").toFile())
                .start();
    }

    private static Path program() throws IOException {
        try (Stream<Path> files = Files.list(BUILT)) {
            return files.filter(file -> file.toString().endsWith("-SNAPSHOT.jar"))
                    .findFirst()
                    .orElseThrow(() -> new AssertionError("no program in " + BUILT));
        }
    }

    private URI awaitEndpoint() {
        return Awaitility.await("the local cloud listens")
                .atMost(PATIENCE)
                .failFast("the local cloud ended; see " + home, () -> !process.isAlive())
                .until(this::printed, Optional::isPresent)
                .orElseThrow();
    }

    private Optional<URI> printed() throws IOException {
        return Files.readString(home.resolve("out.log"))
                .lines()
                .filter(line -> line.startsWith(READY))
                .map(line -> URI.create(line.substring(READY.length())))
                .findFirst();
    }

    /** What the worker of this identity would be told. */
    SlipwayConfig worker(String identity) {
        return new WorkerSettings(
                identity, Optional.of(endpoint), Optional.of(home.resolve("tokens/" + identity)));
    }

    /** What a program of the project's owner would be told. */
    SlipwayConfig owner() {
        return new WorkerSettings("owner", Optional.of(endpoint), Optional.empty());
    }

    /** Google's client of Cloud Storage, as this worker has it. */
    Storage storage(String identity) {
        return new GoogleAccess(worker(identity)).storage();
    }

    /** Google's client of Cloud Storage, as the project's owner has it. */
    Storage storage() {
        return new GoogleAccess(owner()).storage();
    }

    private record WorkerSettings(String identity, Optional<URI> endpoint, Optional<Path> tokenFile)
            implements SlipwayConfig {
        @Override
        public String project() {
            return Cloud.PROJECT;
        }

        @Override
        public Optional<URI> pubsubEndpoint() {
            return Optional.empty();
        }

        @Override
        public long projectNumber() {
            return 100_000_000_001L;
        }

        @Override
        public String installation() {
            return "slipway";
        }

        @Override
        public List<String> regions() {
            return List.of(Cloud.REGION, "us-central1");
        }

        @Override
        public Policy policy() {
            throw new UnsupportedOperationException("no gateway depends on the policy");
        }

        @Override
        public Stage stage() {
            throw new UnsupportedOperationException("no gateway depends on how a worker is fed");
        }
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
