package dev.slipway.deploy.google;

import dev.slipway.contracts.ServiceKey;
import dev.slipway.deploy.gateway.RevisionLogs;
import dev.slipway.kit.SlipwayConfig;
import dev.slipway.kit.google.GoogleAccess;
import dev.slipway.kit.google.LocalLogs;
import jakarta.annotation.PreDestroy;
import jakarta.inject.Singleton;
import java.io.IOException;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What revisions print: on Google Cloud from Cloud Logging, since a log's URL is a page for people
 * there; from the local cloud at that URL.
 */
@Singleton
class CloudRunLogs implements RevisionLogs {
    private final @Nullable LocalLogs local;
    private final @Nullable CloudLogs cloud;

    CloudRunLogs(SlipwayConfig config, GoogleAccess access) throws IOException {
        this.local = access.endpoint().map(LocalLogs::new).orElse(null);
        this.cloud = local == null ? new CloudLogs(config.project(), access) : null;
    }

    @Override
    public List<String> lastLines(ServiceKey service, String revision, @Nullable String logUrl) {
        if (cloud != null) {
            return cloud.lastLines(service, revision);
        }
        return local == null || logUrl == null ? List.of() : local.lastLines(logUrl);
    }

    @PreDestroy
    void close() {
        if (local != null) {
            local.close();
        }
        if (cloud != null) {
            cloud.close();
        }
    }
}
