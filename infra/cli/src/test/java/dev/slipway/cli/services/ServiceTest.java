package dev.slipway.cli.services;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import dev.slipway.cli.terminal.Problem;
import dev.slipway.contracts.Json;
import dev.slipway.contracts.ServiceKey;
import dev.slipway.contracts.ServiceName;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.junit.jupiter.api.Test;

class ServiceTest {
    private static final ServiceKey HELLO =
            new ServiceKey("europe-west1", new ServiceName("hello"));
    private static final String PATH = "projects/my-project/locations/europe-west1/services/hello";

    private static Service of(String json) throws IOException {
        return Service.of(HELLO, Json.read(json.getBytes(StandardCharsets.UTF_8), JsonNode.class));
    }

    @Test
    void theRevisionsWithTrafficAreCurrent() throws IOException {
        Service service =
                of(
                        """
                        {"uri": "http://h", "latestCreatedRevision": "%s/revisions/hello-3",
                         "trafficStatuses": [{"revision": "hello-1", "percent": 90},
                           {"revision": "hello-2", "percent": 10}, {"revision": "hello-3"}]}
                        """
                                .formatted(PATH));

        assertThat(service.current()).containsExactly("hello-1", "hello-2");
        assertThat(service.newest()).isEqualTo("hello-3");
    }

    @Test
    void theNewestIsWhereNothingIsLive() throws IOException {
        assertThat(of("{\"latestCreatedRevision\": \"" + PATH + "/revisions/hello-3\"}").current())
                .containsExactly("hello-3");
        assertThat(of("{}").current()).isEqualTo(List.of());
    }

    @Test
    void isReadFromCloudRunAndAbsentWhereItIsNot() throws IOException {
        try (GivenCloud here = new GivenCloud()) {
            Api api = Api.run(here.cloud());
            assertThat(api.get(PATH)).isEmpty();

            here.at("/run/v2/" + PATH, "{\"uri\": \"http://h\"}");
            assertThat(api.get(PATH).map(read -> Service.of(HELLO, read).url()))
                    .contains("http://h");

            here.at("/run/v2/torn", "{");
            assertThatThrownBy(() -> api.get("torn"))
                    .isInstanceOf(Problem.class)
                    .hasMessageContaining("200 and no JSON");
        }
    }
}
