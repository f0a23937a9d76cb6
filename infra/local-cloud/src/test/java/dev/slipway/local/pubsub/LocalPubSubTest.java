package dev.slipway.local.pubsub;

import dev.slipway.local.LocalCloud;
import dev.slipway.local.Settings;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.io.TempDir;

class LocalPubSubTest extends PubSubContract {
    @TempDir static Path home;
    private static LocalCloud cloud;

    @BeforeAll
    static void start() {
        cloud = LocalCloud.start(Settings.defaults(home));
    }

    @AfterAll
    static void stop() {
        cloud.close();
    }

    @Override
    String authority() {
        return "127.0.0.1:" + cloud.port();
    }
}
