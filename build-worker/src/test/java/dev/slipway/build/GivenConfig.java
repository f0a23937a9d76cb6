package dev.slipway.build;

import dev.slipway.kit.SlipwayConfig;
import java.net.URI;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/** What a worker is told in these tests. */
public record GivenConfig(String project, String installation, Optional<URI> endpoint)
        implements SlipwayConfig {
    /** A worker that reaches no Google API. */
    public GivenConfig(String project, String installation) {
        this(project, installation, Optional.empty());
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
        return "build";
    }

    @Override
    public Optional<Path> tokenFile() {
        return Optional.empty();
    }

    @Override
    public Policy policy() {
        throw new UnsupportedOperationException("no build depends on the policy");
    }

    @Override
    public Stage stage() {
        throw new UnsupportedOperationException("no build depends on how it is fed");
    }
}
