package dev.slipway.local;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class HealthTest {
    private static int asked(LocalCloud cloud, String query)
            throws IOException, InterruptedException {
        URI uri = URI.create("http://127.0.0.1:" + cloud.port() + "/local-cloud/health" + query);
        return HttpClient.newHttpClient()
                .send(HttpRequest.newBuilder(uri).build(), BodyHandlers.discarding())
                .statusCode();
    }

    private static String home(Path home) {
        return "?home=" + URLEncoder.encode(home.toString(), StandardCharsets.UTF_8);
    }

    @Test
    void onlyTheOneThatIsMeantIsHealthy(@TempDir Path home, @TempDir Path other) throws Exception {
        try (LocalCloud cloud = LocalCloud.start(Settings.defaults(home))) {
            assertThat(asked(cloud, home(home))).isEqualTo(200);
            assertThat(asked(cloud, home(other))).isEqualTo(404);
            assertThat(asked(cloud, "")).isEqualTo(404);
        }
    }
}
