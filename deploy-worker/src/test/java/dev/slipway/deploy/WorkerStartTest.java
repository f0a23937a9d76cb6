package dev.slipway.deploy;

import static org.assertj.core.api.Assertions.assertThat;

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
import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.Test;

@QuarkusTest
@TestProfile(WorkerStartTest.WithoutCloud.class)
@SuppressWarnings("NullAway.Init") // Quarkus sets the fields
class WorkerStartTest {
    @TestHTTPResource("/q/")
    URI management;

    @Inject DeployConfig config;

    /** A worker whose cloud is not there: nothing listens on port 1. */
    public static class WithoutCloud implements QuarkusTestProfile {
        @Override
        public Map<String, String> getConfigOverrides() {
            return Map.of(
                    "quarkus.http.test-port", "0",
                    "quarkus.http.host", "127.0.0.1",
                    "slipway.project", "local-project",
                    "slipway.project-number", "100000000001",
                    "slipway.regions", "europe-west1",
                    "slipway.deploy.deadline", "20m",
                    "slipway.endpoint", "http://127.0.0.1:1");
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
                .contains("slipway_breaker_open{api=\"cloud-run\"} 0")
                .contains("slipway_breaker_open{api=\"eventarc\"} 0");
        assertThat(get("health/ready").body()).contains("\"name\": \"apis\"");
    }

    @Test
    void readsItsConfiguration() {
        assertThat(config.deadline()).isEqualTo(Duration.ofMinutes(20));
        assertThat(config.watched()).isEqualTo(Duration.ofMinutes(4));
    }
}
