package dev.slipway.upload;

import dev.slipway.kit.SlipwayConfig;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

/** What a worker is told in these tests. */
public record GivenConfig(String project, String installation, List<String> regions)
        implements SlipwayConfig {
    /** So many archives at once, in tests that wait for none. */
    private static final int PLENTY = 1000;

    @Override
    public long projectNumber() {
        return 42;
    }

    @Override
    public String identity() {
        return "upload";
    }

    @Override
    public Optional<URI> endpoint() {
        return Optional.empty();
    }

    @Override
    public Optional<URI> pubsubEndpoint() {
        return Optional.empty();
    }

    @Override
    public Optional<Path> tokenFile() {
        return Optional.empty();
    }

    @Override
    public Policy policy() {
        return new GivenPolicy(false, false);
    }

    @Override
    public Stage stage() {
        return new GivenStage(
                PLENTY, Duration.ofSeconds(30), Duration.ofSeconds(60), Duration.ofSeconds(20));
    }

    record GivenPolicy(boolean publicAccess, boolean adoptForeignServices) implements Policy {}

    record GivenStage(
            int concurrency, Duration sweepEvery, Duration unchangedFor, Duration shutdownGrace)
            implements Stage {}
}
