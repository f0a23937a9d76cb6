package dev.slipway.benchmarks;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Map;
import org.junit.jupiter.api.Test;

class CallsTest {
    private static final String BEFORE =
            """
            slipway_local_call_seconds_total{caller="upload",api="storage",method="objects.get",status="200"} 0.5
            slipway_local_calls_total{caller="upload",api="storage",method="objects.get",status="200"} 7
            slipway_local_calls_total{caller="upload",api="storage",method="objects.get",status="404"} 1
            """;
    private static final String AFTER =
            """
            slipway_local_calls_total{caller="build",api="storage",method="objects.get",status="200"} 2
            slipway_local_calls_total{caller="upload",api="storage",method="objects.get",status="200"} 10
            slipway_local_calls_total{caller="upload",api="storage",method="objects.get",status="404"} 1
            slipway_local_calls_total{caller="upload",api="pubsub",method="Publisher/Publish",status="200"} 1
            slipway_local_messages_published_total{topic="slipway-source-stored"} 1
            slipway_local_messages_acknowledged_total{subscription="slipway-upload-worker-source-uploaded"} 4
            """;

    private final Calls since = Calls.parse(AFTER).since(Calls.parse(BEFORE));

    @Test
    void countsWhatCameOnTop() {
        assertThat(since.byKind())
                .isEqualTo(
                        Map.of(
                                "storage objects.get", 5L,
                                "pubsub Publisher/Publish", 1L,
                                "published slipway-source-stored", 1L,
                                "acknowledged slipway-upload-worker-source-uploaded", 4L));
        assertThat(since.total()).isEqualTo(11);
    }

    @Test
    void tellsCallersApart() {
        Calls upload = since.only(kind -> kind.caller().equals("upload"));

        assertThat(upload.byKind())
                .isEqualTo(Map.of("storage objects.get", 3L, "pubsub Publisher/Publish", 1L));
    }

    @Test
    void namesAStatusThatIsNoSuccess() {
        assertThat(Calls.parse(BEFORE).byKind())
                .isEqualTo(Map.of("storage objects.get", 7L, "storage objects.get 404", 1L));
    }

    @Test
    void readsWhatItWrote() {
        assertThat(Calls.parse(since.text())).isEqualTo(since);
    }
}
