package dev.slipway.build.google;

import dev.slipway.build.gateway.ImageRepositories;
import dev.slipway.build.gateway.ImageRepositoriesContract;
import dev.slipway.kit.SlipwayConfig;
import dev.slipway.kit.google.GoogleAccess;
import java.io.IOException;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;

/** The repositories' contract, on whatever Google's client of Artifact Registry is pointed to. */
@SuppressWarnings("NullAway.Init") // set before each test
public abstract class ArtifactRegistryContract extends ImageRepositoriesContract {
    private ArtifactRegistry registry;

    /** Where Artifact Registry is, and who calls. */
    protected abstract SlipwayConfig config();

    @BeforeEach
    void connect() throws IOException {
        registry = new ArtifactRegistry(config(), new GoogleAccess(config()));
    }

    @AfterEach
    void disconnect() {
        registry.close();
    }

    @Override
    protected ImageRepositories repositories() {
        return registry;
    }

    @Override
    protected ImageRepositories another() throws IOException {
        registry.close();
        registry = new ArtifactRegistry(config(), new GoogleAccess(config()));
        return registry;
    }
}
