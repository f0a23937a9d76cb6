package dev.slipway.contracts;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class EventCodecTest {
    private static final EventCodec CODEC = new EventCodec("local-project", "slipway");

    static List<Golden> events() {
        return Golden.events();
    }

    /** An event and one field that it cannot be without. */
    record Required(Golden golden, String field) {
        @Override
        public String toString() {
            return golden + " without " + field;
        }
    }

    static Stream<Required> requiredFields() {
        return events().stream()
                .flatMap(golden -> golden.required().stream().map(f -> new Required(golden, f)));
    }

    private static PipelineEvent decode(Golden golden, ObjectNode document) throws UnreadableEvent {
        return CODEC.decode(
                Map.of("ce-type", golden.event().type()),
                document.toString().getBytes(StandardCharsets.UTF_8));
    }

    @ParameterizedTest
    @MethodSource("events")
    void encodesExactlyTheGoldenBytes(Golden golden) {
        assertThat(new String(CODEC.encode(golden.event()).data(), StandardCharsets.UTF_8))
                .isEqualTo(new String(golden.bytes(), StandardCharsets.UTF_8));
    }

    @ParameterizedTest
    @MethodSource("events")
    void decodesTheGoldenBytes(Golden golden) throws Exception {
        assertThat(CODEC.decode(Map.of("ce-type", golden.event().type()), golden.bytes()))
                .isEqualTo(golden.event());
    }

    @ParameterizedTest
    @MethodSource("events")
    void theGoldenBytesAreWhatTheSchemaSays(Golden golden) {
        assertThat(golden.violations(golden.document())).isEmpty();
        golden.assertSchemaNamesEveryField();
    }

    @ParameterizedTest
    @MethodSource("events")
    void ignoresAFieldThatItDoesNotKnow(Golden golden) throws Exception {
        ObjectNode later = golden.document().put("addedLater", 7);

        assertThat(decode(golden, later)).isEqualTo(golden.event());
        assertThat(golden.violations(later)).isEmpty();
    }

    @ParameterizedTest
    @MethodSource("requiredFields")
    void refusesAnEventWithoutARequiredField(Required required) {
        ObjectNode without = required.golden().document();
        without.remove(required.field());

        assertThatThrownBy(() -> decode(required.golden(), without))
                .isInstanceOf(UnreadableEvent.class)
                .hasMessageStartingWith("the data is no ");
        assertThat(required.golden().violations(without)).isNotEmpty();
    }

    @ParameterizedTest
    @MethodSource("events")
    void refusesHalfAService(Golden golden) {
        ObjectNode half = golden.document();
        half.withObjectProperty("service").remove("region");

        assertThatThrownBy(() -> decode(golden, half))
                .isInstanceOf(UnreadableEvent.class)
                .hasMessageContaining("a required field is missing");
        assertThat(golden.violations(half)).isNotEmpty();
    }

    @Test
    void refusesATypeThatIsNoneOfOurs() {
        assertThatThrownBy(
                        () ->
                                CODEC.decode(
                                        Map.of("ce-type", "dev.slipway.source.stored.v2"),
                                        Golden.events().getFirst().bytes()))
                .isInstanceOf(UnreadableEvent.class)
                .hasMessage("the type dev.slipway.source.stored.v2 is none of ours");
    }

    @Test
    void refusesAMessageWithoutAType() {
        assertThatThrownBy(() -> CODEC.decode(Map.of(), new byte[0]))
                .isInstanceOf(UnreadableEvent.class)
                .hasMessage("the message has no attribute ce-type");
    }

    @Test
    void refusesDataThatIsNoJson() {
        assertThatThrownBy(
                        () ->
                                CODEC.decode(
                                        Map.of("ce-type", ImagePushed.TYPE),
                                        "\u001b[31m".getBytes(StandardCharsets.UTF_8)))
                .isInstanceOf(UnreadableEvent.class)
                .hasMessageStartingWith("the data is no ImagePushed: ")
                .message()
                .doesNotContain("\u001b");
    }

    @Test
    void readsNothingAbove64KiB() throws Exception {
        Golden golden = Golden.events().getFirst();
        ObjectNode large = golden.document();
        int rest = EventCodec.LARGEST_BYTES - large.put("note", "").toString().length();

        assertThat(decode(golden, large.put("note", "x".repeat(rest)))).isEqualTo(golden.event());
        assertThatThrownBy(() -> decode(golden, large.put("note", "x".repeat(rest + 1))))
                .isInstanceOf(UnreadableEvent.class)
                .hasMessage("the data has 65537 bytes; an event has 65536 at most");
    }

    @Test
    void writesNothingAbove64KiB() {
        assertThatThrownBy(() -> CODEC.encode(finished("x".repeat(66_000), null)))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("carries content");
    }

    @Test
    void saysInAttributesWhatACloudEventSays() {
        assertThat(CODEC.encode(Golden.SOURCE_STORED).attributes())
                .isEqualTo(
                        Map.of(
                                "ce-specversion", "1.0",
                                "ce-type", "dev.slipway.source.stored.v1",
                                "ce-id", "d3xyfanvfbtdxkjyj3yv:source-stored:1",
                                "ce-source",
                                        "//slipway.dev/projects/local-project/installations/slipway",
                                "ce-subject", "d3xyfanvfbtdxkjyj3yv",
                                "content-type", "application/json",
                                "traceparent",
                                        "00-164601c166ad603d16d6e86393cbf3e0-0601fd15728ce10e-01"));
    }

    @Test
    void allEventsOfADeploymentAreInOneTrace() {
        List<String> parents =
                Golden.events().stream()
                        .map(golden -> CODEC.encode(golden.event()).attributes().get("traceparent"))
                        .toList();

        assertThat(parents)
                .containsExactly(
                        "00-164601c166ad603d16d6e86393cbf3e0-0601fd15728ce10e-01",
                        "00-164601c166ad603d16d6e86393cbf3e0-6aebbc524dc2a034-01",
                        "00-164601c166ad603d16d6e86393cbf3e0-3f1fac6e7826d952-01");
    }

    @Test
    void aFinishedDeploymentCanBeFilteredByItsAttributes() {
        assertThat(CODEC.encode(Golden.DEPLOYMENT_FINISHED).attributes())
                .containsEntry("ce-id", "d3xyfanvfbtdxkjyj3yv:deployment-finished")
                .containsEntry("outcome", "LIVE")
                .containsEntry("service", "hello")
                .containsEntry("region", "europe-west1")
                .containsEntry("correlation", "order-17");
    }

    @Test
    void whatIsNotKnownIsNoAttribute() {
        DeploymentFinished nameless =
                new DeploymentFinished(
                        Golden.DEPLOYMENT,
                        Golden.DROP,
                        null,
                        Outcome.REJECTED,
                        Reason.NAME_INVALID,
                        "no",
                        null,
                        null);

        assertThat(CODEC.encode(nameless).attributes())
                .containsEntry("outcome", "REJECTED")
                .doesNotContainKeys("service", "region", "correlation");
    }

    @Test
    void anUploadersTextFitsIntoAnAttribute() {
        String attribute =
                CODEC.encode(finished("m", "a\n" + "é".repeat(4000)))
                        .attributes()
                        .get("correlation");

        assertThat(attribute).startsWith("a\\u{a}éé").doesNotContain("\n");
        assertThat(String.valueOf(attribute).getBytes(StandardCharsets.UTF_8).length)
                .isBetween(1023, 1024);
    }

    private static DeploymentFinished finished(String message, @Nullable String correlation) {
        return new DeploymentFinished(
                Golden.DEPLOYMENT,
                Golden.DROP,
                Golden.HELLO,
                Outcome.LIVE,
                Reason.DEPLOYED,
                message,
                null,
                correlation);
    }
}
