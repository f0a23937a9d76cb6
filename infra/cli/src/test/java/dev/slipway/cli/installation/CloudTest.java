package dev.slipway.cli.installation;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.google.cloud.storage.StorageException;
import com.sun.net.httpserver.HttpServer;
import dev.slipway.cli.terminal.Problem;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class CloudTest {
    private static Cloud.Google google(Map<String, String> environment) {
        return Cloud.Google.of("my-project", "slipway", null, environment);
    }

    @Test
    void takesItsNamesFromTheTopology() {
        Cloud.Google cloud = google(Map.of());

        assertThat(cloud.dropBucket()).isEqualTo("my-project-slipway-drop");
        assertThat(cloud.ledgerBucket()).isEqualTo("my-project-slipway-ledger");
        assertThat(Cloud.Google.of("my-project", "blue", "gs://mine/", Map.of()).dropBucket())
                .isEqualTo("mine");
    }

    @ParameterizedTest
    @CsvSource({
        "My Project,slipway,drop,--project My Project",
        "my-project,Blue,drop,--installation Blue",
        "my-project,blue,a/b,--bucket a/b"
    })
    void saysWhatCannotBeAName(String project, String installation, String bucket, String said) {
        assertThatThrownBy(() -> Cloud.Google.of(project, installation, bucket, Map.of()))
                .isInstanceOf(Problem.class)
                .hasMessageStartingWith(said + " is no such name; one is like ");
    }

    @Test
    void asksWhereGooglesLibrariesAreToldToAsk() throws IOException {
        List<String> asked = new CopyOnWriteArrayList<>();
        HttpServer server =
                HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.createContext(
                "/",
                exchange -> {
                    asked.add(
                            exchange.getRequestURI().getPath()
                                    + exchange.getRequestHeaders().get("Authorization"));
                    exchange.sendResponseHeaders(404, -1);
                    exchange.close();
                });
        server.start();
        try {
            String host = "127.0.0.1:" + server.getAddress().getPort();
            Cloud.Google cloud =
                    google(Map.of("STORAGE_EMULATOR_HOST", host, "SLIPWAY_ENDPOINT", host));

            assertThat(cloud.clients().storageForLooks().get(cloud.dropBucket(), "a.zip")).isNull();

            assertThat(asked).containsExactly("/storage/v1/b/my-project-slipway-drop/o/a.zipnull");
            assertThat(cloud.shown()).endsWith("of Google Cloud at http://" + host);
        } finally {
            server.stop(0);
        }
    }

    @ParameterizedTest
    @CsvSource({
        "401,gcloud auth application-default login",
        "403,roles/storage.objectUser",
        "404,--project"
    })
    void saysWhatARefusalMeans(int code, String nextStep) {
        Problem problem =
                Refused.of("cannot list", google(Map.of()), new StorageException(code, "no"));

        assertThat(problem.message())
                .isEqualTo("cannot list in project my-project of Google Cloud: no");
        assertThat(problem.nextStep()).contains(nextStep);
    }
}
