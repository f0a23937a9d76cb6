package dev.slipway.deploy;

import dev.slipway.kit.SlipwayConfig;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

/** What a worker is told in these tests. */
public record GivenConfig(
        String project,
        String installation,
        boolean publicAccess,
        boolean adoptForeignServices,
        Optional<URI> endpoint)
        implements SlipwayConfig, SlipwayConfig.Policy {
    /** A worker that reaches no Google API, and may do what is not forbidden. */
    public GivenConfig(String project, String installation) {
        this(project, installation, true, false, Optional.empty());
    }

    @Override
    public long projectNumber() {
        return 1;
    }

    @Override
    public List<String> regions() {
        return List.of("europe-west1");
    }

    @Override
    public String identity() {
        return "deploy";
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
        return this;
    }

    @Override
    public Stage stage() {
        return new GivenStage();
    }

    private record GivenStage() implements Stage {
        @Override
        public int concurrency() {
            throw new UnsupportedOperationException("no deploy depends on how it is fed");
        }

        @Override
        public Duration sweepEvery() {
            throw new UnsupportedOperationException("tests sweep themselves");
        }

        @Override
        public Duration unchangedFor() {
            return Duration.ofSeconds(60);
        }

        @Override
        public Duration shutdownGrace() {
            throw new UnsupportedOperationException("no deploy depends on how it is stopped");
        }
    }
}
