package dev.slipway.simulation;

import dev.slipway.kit.SlipwayConfig;
import dev.slipway.upload.UploadConfig;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

/**
 * What the workers of a schedule are told.
 *
 * @param identity which worker it is
 * @param adoptForeignServices whether a service whose annotations somebody wiped is taken over
 * @param folder what archives pass through
 */
record SimulatedConfig(String identity, boolean adoptForeignServices, Path folder)
        implements SlipwayConfig,
                SlipwayConfig.Policy,
                SlipwayConfig.Stage,
                UploadConfig,
                UploadConfig.Archive,
                UploadConfig.Staging {
    static final String PROJECT = "p";
    static final String INSTALLATION = "inst";
    static final String REGION = "europe-west1";

    /** So many at once: nobody waits for a place, which no scheduler here could see. */
    private static final int PLENTY = 100_000;

    private static final long MOST_BYTES = 1_000_000;

    @Override
    public String project() {
        return PROJECT;
    }

    @Override
    public long projectNumber() {
        return 42;
    }

    @Override
    public String installation() {
        return INSTALLATION;
    }

    @Override
    public List<String> regions() {
        return List.of(REGION);
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
        return this;
    }

    @Override
    public boolean publicAccess() {
        return true;
    }

    @Override
    public Stage stage() {
        return this;
    }

    @Override
    public int concurrency() {
        return PLENTY;
    }

    @Override
    public Duration sweepEvery() {
        return Duration.ofSeconds(30);
    }

    @Override
    public Duration unchangedFor() {
        return Duration.ofSeconds(60);
    }

    @Override
    public Duration shutdownGrace() {
        return Duration.ofSeconds(20);
    }

    @Override
    public Optional<Path> spool() {
        return Optional.of(folder);
    }

    @Override
    public Duration listEvery() {
        return Duration.ofMinutes(15);
    }

    @Override
    public Staging staging() {
        return this;
    }

    @Override
    public Optional<String> kmsKey() {
        return Optional.empty();
    }

    @Override
    public Optional<String> bucket() {
        return Optional.empty();
    }

    @Override
    public Archive archive() {
        return this;
    }

    @Override
    public long bytes() {
        return MOST_BYTES;
    }

    @Override
    public long expandedBytes() {
        return MOST_BYTES;
    }

    @Override
    public long fileBytes() {
        return MOST_BYTES;
    }

    @Override
    public int entries() {
        return 1000;
    }
}
