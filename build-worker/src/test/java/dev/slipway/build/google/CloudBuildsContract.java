package dev.slipway.build.google;

import dev.slipway.build.gateway.Builds;
import dev.slipway.build.gateway.BuildsContract;
import dev.slipway.kit.SlipwayConfig;
import dev.slipway.kit.google.GoogleAccess;
import java.io.IOException;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;

/** The builds' contract, on whatever Google's clients of Cloud Build are pointed to. */
@SuppressWarnings("NullAway.Init") // set before each test
public abstract class CloudBuildsContract extends BuildsContract {
    private CloudBuilds builds;

    /** Where Cloud Build is, and who calls. */
    protected abstract SlipwayConfig config();

    @BeforeEach
    void connect() throws IOException {
        builds = new CloudBuilds(config(), new GoogleAccess(config()));
    }

    @AfterEach
    void disconnect() {
        builds.close();
    }

    @Override
    protected Builds builds() {
        return builds;
    }
}
