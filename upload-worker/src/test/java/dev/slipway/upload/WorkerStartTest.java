package dev.slipway.upload;

import static org.assertj.core.api.Assertions.assertThat;

import dev.slipway.kit.SlipwayConfig;
import io.quarkus.test.common.http.TestHTTPResource;
import io.quarkus.test.junit.QuarkusTest;
import io.quarkus.test.junit.QuarkusTestProfile;
import io.quarkus.test.junit.TestProfile;
import jakarta.inject.Inject;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.Test;

@QuarkusTest
@TestProfile(WorkerStartTest.WithoutCloud.class)
@SuppressWarnings("NullAway.Init") // Quarkus sets the fields
class WorkerStartTest {
    @TestHTTPResource("/q/")
    URI management;

    @Inject SlipwayConfig slipway;
    @Inject UploadConfig config;

    /** A worker whose cloud is not there: nothing listens on port 1. */
    public static class WithoutCloud implements QuarkusTestProfile {
        @Override
        public Map<String, String> getConfigOverrides() {
            return Map.ofEntries(
                    Map.entry("quarkus.http.test-port", "0"),
                    Map.entry("quarkus.http.host", "127.0.0.1"),
                    Map.entry("slipway.project", "local-project"),
                    Map.entry("slipway.project-number", "100000000001"),
                    Map.entry("slipway.regions", "europe-west1"),
                    Map.entry("slipway.upload.spool", "target/spool"),
                    Map.entry("slipway.upload.list-every", "5m"),
                    Map.entry("slipway.upload.archive.bytes", "1000"),
                    Map.entry("slipway.upload.staging.bucket", "sources-{region}"),
                    Map.entry("slipway.endpoint", "http://127.0.0.1:1"));
        }
    }

    private HttpResponse<String> get(String path) throws IOException, InterruptedException {
        try (HttpClient client = HttpClient.newHttpClient()) {
            return client.send(
                    HttpRequest.newBuilder(management.resolve(path)).build(),
                    HttpResponse.BodyHandlers.ofString());
        }
    }

    @Test
    void isAliveAndNotReadyWhileItsCloudIsNotThere() throws Exception {
        assertThat(get("health/live").statusCode()).isEqualTo(200);
        assertThat(get("health/ready").statusCode()).isEqualTo(503);
        assertThat(get("health/ready").body()).contains("missing-1");
    }

    @Test
    void showsItsFigures() throws Exception {
        assertThat(get("metrics").statusCode()).isEqualTo(200);
    }

    @Test
    void showsWhichApisItDoesNotAskNow() throws Exception {
        assertThat(get("metrics").body())
                .contains("slipway_breaker_open{api=\"drops\"} 0")
                .contains("slipway_breaker_open{api=\"staging\"} 0");
        assertThat(get("health/ready").body()).contains("\"name\": \"apis\"");
    }

    @Test
    void readsItsConfiguration() {
        assertThat(slipway.identity()).isEqualTo("upload");
        assertThat(config.spool()).contains(Path.of("target/spool"));
        assertThat(config.listEvery()).isEqualTo(Duration.ofMinutes(5));
        assertThat(config.archive().bytes()).isEqualTo(1000);
        assertThat(config.staging().bucket()).contains("sources-{region}");
        assertThat(config.staging().kmsKey()).isEmpty();
    }

    @Test
    void takesFewArchivesAtOnceAndTheUsualLimitsWhereNothingElseIsSaid() {
        assertThat(slipway.stage().concurrency()).isEqualTo(4);
        assertThat(config.archive().expandedBytes()).isEqualTo(2048L << 20);
        assertThat(config.archive().fileBytes()).isEqualTo(512L << 20);
        assertThat(config.archive().entries()).isEqualTo(100_000);
    }
}
