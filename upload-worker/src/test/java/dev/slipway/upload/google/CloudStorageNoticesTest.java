package dev.slipway.upload.google;

import static org.assertj.core.api.Assertions.assertThat;

import dev.slipway.contracts.ObjectVersion;
import dev.slipway.kit.Message;
import dev.slipway.upload.decide.Drop;
import dev.slipway.upload.decide.DropNotice;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** Messages in Cloud Storage's own shape. */
class CloudStorageNoticesTest {
    private static final ObjectVersion HELLO =
            new ObjectVersion("p-slipway-drop", "hello.zip", 1767225600123456L);
    private static final Map<String, String> ATTRIBUTES =
            Map.of(
                    "notificationConfig", "projects/_/buckets/p-slipway-drop/notificationConfigs/1",
                    "eventType", "OBJECT_FINALIZE",
                    "payloadFormat", "JSON_API_V1",
                    "bucketId", "p-slipway-drop",
                    "objectId", "hello.zip",
                    "objectGeneration", "1767225600123456",
                    "eventTime", "2026-01-01T00:00:00.123456Z");
    private static final String RESOURCE =
            """
            {
              "kind": "storage#object",
              "id": "p-slipway-drop/hello.zip/1767225600123456",
              "name": "hello.zip",
              "bucket": "p-slipway-drop",
              "generation": "1767225600123456",
              "metageneration": "1",
              "contentType": "application/zip",
              "timeCreated": "2026-01-01T00:00:00.123Z",
              "size": "512",
              "crc32c": "AAAAAA==",
              "metadata": { "correlation-id": "build-7" }
            }
            """;

    private static Optional<DropNotice> read(Map<String, String> attributes, String data) {
        return new CloudStorageNotices()
                .read(new Message("m", attributes, data.getBytes(StandardCharsets.UTF_8)));
    }

    private static Map<String, String> with(String name, String value) {
        Map<String, String> attributes = new LinkedHashMap<>(ATTRIBUTES);
        attributes.put(name, value);
        return attributes;
    }

    @Test
    void readsWhatAMessageSays() {
        Drop told =
                new Drop(
                        HELLO,
                        Instant.parse("2026-01-01T00:00:00.123Z").toEpochMilli(),
                        512,
                        "build-7");

        assertThat(read(ATTRIBUTES, RESOURCE)).contains(new DropNotice(true, HELLO, told));
    }

    @Test
    void readsAMessageWithoutAPayload() {
        assertThat(read(ATTRIBUTES, "")).contains(new DropNotice(true, HELLO, null));
        assertThat(read(ATTRIBUTES, "{}")).contains(new DropNotice(true, HELLO, null));
    }

    @Test
    void tellsOtherEventsApart() {
        assertThat(read(with("eventType", "OBJECT_DELETE"), RESOURCE).orElseThrow().created())
                .isFalse();
    }

    @Test
    void whatLacksAnAttributeIsNoNotice() {
        for (String name : new String[] {"eventType", "bucketId", "objectId", "objectGeneration"}) {
            Map<String, String> attributes = new LinkedHashMap<>(ATTRIBUTES);
            attributes.remove(name);

            assertThat(read(attributes, RESOURCE)).as("without %s", name).isEmpty();
        }
    }

    @Test
    void whatHasAWrongGenerationIsNoNotice() {
        for (String generation : new String[] {"", "x", "0", "-1", "99999999999999999999"}) {
            assertThat(read(with("objectGeneration", generation), RESOURCE)).isEmpty();
        }
    }

    @Test
    void whatHasAWrongPayloadIsNoNotice() {
        assertThat(read(ATTRIBUTES, "not json")).isEmpty();
        assertThat(read(ATTRIBUTES, "[]")).isEmpty();
        assertThat(read(ATTRIBUTES, "null")).isEmpty();
        assertThat(read(ATTRIBUTES, RESOURCE.replace("2026-01-01T00:00:00.123Z", "today")))
                .isEmpty();
        assertThat(read(ATTRIBUTES, RESOURCE.replace("512", "many"))).isEmpty();
        assertThat(read(ATTRIBUTES, RESOURCE + " ".repeat(64 * 1024))).isEmpty();
    }
}
