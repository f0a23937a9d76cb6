package dev.slipway.build.google;

import dev.slipway.build.gateway.BuildLogs;
import dev.slipway.kit.google.GoogleAccess;
import dev.slipway.kit.google.LocalLogs;
import jakarta.annotation.PreDestroy;
import jakarta.inject.Singleton;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The local cloud's logs; on Google Cloud there are none to be had this way. */
@Singleton
class LocalBuildLogs implements BuildLogs {
    private final @Nullable LocalLogs local;

    LocalBuildLogs(GoogleAccess access) {
        this.local = access.endpoint().map(LocalLogs::new).orElse(null);
    }

    @Override
    public List<String> lastLines(String logUrl) {
        return local == null ? List.of() : local.lastLines(logUrl);
    }

    @PreDestroy
    void close() {
        if (local != null) {
            local.close();
        }
    }
}
