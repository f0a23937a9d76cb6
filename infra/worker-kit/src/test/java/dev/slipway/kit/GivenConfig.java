package dev.slipway.kit;

import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

/** What a worker is told in tests. */
public record GivenConfig(
        String project, String installation, String identity, Optional<URI> endpoint, Stage stage)
        implements SlipwayConfig {
    /** A worker that reaches no Google API. */
    public static GivenConfig of(String identity) {
        return new GivenConfig(
                "p", "inst", identity, Optional.empty(), new GivenStage(Duration.ofSeconds(20)));
    }

    /** The same, with Google's APIs here. */
    public GivenConfig at(URI google) {
        return new GivenConfig(project, installation, identity, Optional.of(google), stage);
    }

    /** The same, that stops within this time. */
    public GivenConfig stoppingWithin(Duration grace) {
        return new GivenConfig(project, installation, identity, endpoint, new GivenStage(grace));
    }

    private record GivenStage(Duration shutdownGrace) implements Stage {
        @Override
        public int concurrency() {
            return 4;
        }

        @Override
        public Duration sweepEvery() {
            return Duration.ofSeconds(30);
        }

        @Override
        public Duration unchangedFor() {
            return Duration.ofSeconds(60);
        }
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
    public Optional<URI> pubsubEndpoint() {
        return Optional.empty();
    }

    @Override
    public Optional<Path> tokenFile() {
        return Optional.empty();
    }

    @Override
    public Policy policy() {
        return new Policy() {
            @Override
            public boolean publicAccess() {
                return false;
            }

            @Override
            public boolean adoptForeignServices() {
                return false;
            }
        };
    }
}
