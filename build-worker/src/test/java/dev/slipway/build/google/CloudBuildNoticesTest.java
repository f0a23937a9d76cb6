package dev.slipway.build.google;

import static org.assertj.core.api.Assertions.assertThat;

import dev.slipway.build.decide.BuildNotice;
import dev.slipway.build.decide.BuildSeen.Status;
import dev.slipway.kit.Message;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class CloudBuildNoticesTest {
    private static Optional<BuildNotice> read(String data) {
        return new CloudBuildNotices()
                .read(new Message("m", Map.of(), data.getBytes(StandardCharsets.UTF_8)));
    }

    @Test
    void readsABuildAsCloudBuildPublishesIt() {
        String data =
                """
                {"id": "b1", "name": "projects/7/locations/europe-west1/builds/b1",
                 "projectId": "p", "status": "EXPIRED", "createTime": "2026-01-01T00:00:00.5Z",
                 "timeout": "600s", "queueTtl": "3600s", "tags": ["t1", "t2"],
                 "options": {"logging": "CLOUD_LOGGING_ONLY", "pubsubTopic": "later"},
                 "somethingNew": {"deep": [1]}}
                """;

        assertThat(read(data))
                .contains(
                        new BuildNotice(
                                "projects/7/locations/europe-west1/builds/b1",
                                Status.EXPIRED,
                                List.of("t1", "t2")));
    }

    @Test
    void aBuildWithoutANameIsAGlobalOne() {
        assertThat(read("{\"id\": \"b1\", \"projectId\": \"p\", \"status\": \"WORKING\"}"))
                .map(BuildNotice::name)
                .contains("projects/p/locations/global/builds/b1");
    }

    @Test
    void aStatusThatIsNewIsNotTakenForAnEnd() {
        assertThat(read("{\"id\": \"b1\", \"projectId\": \"p\", \"status\": \"NAPPING\"}"))
                .map(BuildNotice::status)
                .contains(Status.QUEUED);
    }

    @Test
    void whatIsNoBuildIsNotRead() {
        assertThat(read("no json")).isEmpty();
        assertThat(read("{}")).isEmpty();
        assertThat(read("[]")).isEmpty();
        assertThat(read("")).isEmpty();
    }
}
