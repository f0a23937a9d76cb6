package dev.slipway.cli.services;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import dev.slipway.cli.installation.Cloud;
import dev.slipway.cli.terminal.Problem;
import dev.slipway.contracts.Json;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.Map;
import org.junit.jupiter.api.Test;

class EventTest {
    private static final Instant NOON = Instant.parse("2026-01-01T12:00:00Z");
    private static final Cloud CLOUD = Cloud.Google.of("my-project", "slipway", null, Map.of());
    private static final Events EVENTS = new Events(CLOUD, NOON, "7");

    private static byte[] bytes(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }

    private static JsonNode body(Event event) throws IOException {
        return Json.read(event.data(), JsonNode.class);
    }

    @Test
    void aMessageIsSentAsEventarcSendsIt() throws IOException {
        Event event = EVENTS.pubsub("orders", bytes("order 7"));

        assertThat(event.headers())
                .isEqualTo(
                        Map.of(
                                "ce-specversion", "1.0",
                                "ce-id", "7",
                                "ce-type", "google.cloud.pubsub.topic.v1.messagePublished",
                                "ce-source",
                                        "//pubsub.googleapis.com/projects/my-project/topics/orders",
                                "ce-time", "2026-01-01T12:00:00Z",
                                "Content-Type", "application/json"));
        JsonNode message = body(event).path("message");
        assertThat(message.path("data").asText()).isEqualTo("b3JkZXIgNw==");
        assertThat(message.path("messageId").asText()).isEqualTo("7");
        assertThat(message.path("publishTime").asText()).isEqualTo("2026-01-01T12:00:00Z");
        assertThat(body(event).path("subscription").asText())
                .startsWith("projects/my-project/subscriptions/");
    }

    @Test
    void anObjectThatNeedNotBeThereIsSentAsEventarcSendsOne() throws IOException {
        Event event = EVENTS.storage("{\"bucket\": \"photos\", \"name\": \"a b.jpg\"}");

        assertThat(event.headers())
                .containsEntry("ce-type", "google.cloud.storage.object.v1.finalized")
                .containsEntry("ce-source", "//storage.googleapis.com/projects/_/buckets/photos")
                .containsEntry("ce-subject", "objects/a%20b.jpg")
                .containsEntry("ce-bucket", "photos");
        assertThat(body(event).path("name").asText()).isEqualTo("a b.jpg");
        assertThat(body(event).path("id").asText())
                .isEqualTo("photos/a b.jpg/" + body(event).path("generation").asText());
    }

    @Test
    void whatIsNoObjectIsRefusedWithAnExample() {
        assertThatThrownBy(() -> EVENTS.storage("photos"))
                .isInstanceOf(Problem.class)
                .hasMessageContaining("photos is no object's fields");
    }

    @Test
    void anEventOfOnesOwnGoesFromStructuredToBinaryMode() {
        Event event =
                Event.parse(
                        bytes(
                                """
                                {"id": "1", "source": "me", "type": "t", "tenant": "ä",
                                 "datacontenttype": "text/plain", "data": "hi"}
                                """));

        assertThat(event.headers())
                .isEqualTo(
                        Map.of(
                                "ce-specversion", "1.0",
                                "ce-id", "1",
                                "ce-source", "me",
                                "ce-type", "t",
                                "ce-tenant", "%C3%A4",
                                "Content-Type", "text/plain"));
        assertThat(new String(event.data(), StandardCharsets.UTF_8)).isEqualTo("hi");
    }

    @Test
    void dataMayBeJsonOrBase64OrAbsent() {
        String start = "{\"id\": \"1\", \"source\": \"me\", \"type\": \"t\"";

        assertThat(Event.parse(bytes(start + ", \"data\": {\"a\": 1}}")).data())
                .isEqualTo(bytes("{\"a\":1}"));
        assertThat(Event.parse(bytes(start + ", \"data_base64\": \"aGk=\"}")).data())
                .isEqualTo(bytes("hi"));
        assertThat(Event.parse(bytes(start + "}")).data()).isEmpty();
        assertThatThrownBy(() -> Event.parse(bytes(start + ", \"data_base64\": \"*\"}")))
                .isInstanceOf(Problem.class)
                .hasMessageContaining("data_base64");
    }

    @Test
    void saysWhatAnEventLacks() {
        assertThatThrownBy(() -> Event.parse(bytes("{\"id\": \"1\", \"type\": \"t\"}")))
                .isInstanceOf(Problem.class)
                .hasMessage("the event has no source");
        assertThatThrownBy(() -> Event.parse(bytes("storag")))
                .isInstanceOf(Problem.class)
                .hasMessageStartingWith("the event is no JSON");
    }
}
