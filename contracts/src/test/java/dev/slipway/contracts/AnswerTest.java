package dev.slipway.contracts;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.slipway.contracts.Answer.State;
import dev.slipway.contracts.Answer.Step;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

class AnswerTest {
    private static final Answer REJECTED =
            new Answer(
                    Golden.DEPLOYMENT.value(),
                    "1767268800000-00001767268800000001-local-project-slipway-drop/hello.zip",
                    "hello.zip",
                    "1767268800000001",
                    "hello",
                    "europe-west1",
                    State.DONE,
                    List.of(
                            new Step(State.RECEIVED, Instant.parse("2026-01-01T12:00:00.250Z")),
                            new Step(State.DONE, Instant.parse("2026-01-01T12:00:01Z"))),
                    null,
                    null,
                    Outcome.REJECTED,
                    Reason.MANIFEST_INVALID,
                    Turn.YOU,
                    "memory is 12 Gold; it is a number and Mi or Gi",
                    "slipway.yaml",
                    3,
                    "memory",
                    "Correct slipway.yaml at the named line and upload again.",
                    null,
                    null,
                    List.of(),
                    "order-17");
    private static final Golden GOLDEN = new Golden("answer", REJECTED);

    static List<String> requiredFields() {
        return GOLDEN.required();
    }

    private static Optional<Answer> parse(String text) {
        return Answer.parse(text.getBytes(StandardCharsets.UTF_8));
    }

    @Test
    void isWrittenExactlyAsTheGoldenBytes() {
        assertThat(new String(Json.write(REJECTED), StandardCharsets.UTF_8))
                .isEqualTo(new String(GOLDEN.bytes(), StandardCharsets.UTF_8));
    }

    @Test
    void isReadFromTheGoldenBytes() {
        assertThat(Answer.parse(GOLDEN.bytes())).contains(REJECTED);
    }

    @Test
    void theGoldenBytesAreWhatTheSchemaSays() {
        assertThat(GOLDEN.violations(GOLDEN.document())).isEmpty();
        GOLDEN.assertSchemaNamesEveryField();
    }

    @Test
    void saysWhatWasFoundInAVerifiedArchive() {
        ObjectNode verified = GOLDEN.document();
        verified.putObject("archive")
                .put("files", 12)
                .put("bytes", 34_567)
                .put("litterDropped", 2)
                .put("rootUnwrapped", "hello-main/");

        assertThat(GOLDEN.violations(verified)).isEmpty();
        assertThat(parse(verified.toString()).map(Answer::archive))
                .contains(new ArchiveSummary(12, 34_567, 2, "hello-main/"));
    }

    @Test
    void saysNothingOfWhatNobodyNotedDownOrFound() {
        ArchiveSummary of = new ArchiveSummary(12, 34_567, null, "");

        assertThat(new String(Json.write(of), StandardCharsets.UTF_8))
                .isEqualTo("{\"files\":12,\"bytes\":34567}");
    }

    @Test
    void cutsAndCleansTheNameOfAFolder() {
        ArchiveSummary of = new ArchiveSummary(1, 1, 0, "\u202e" + "x".repeat(300) + "/");

        assertThat(of.rootUnwrapped()).startsWith("\\u{202e}x").endsWith("x…");
    }

    @Test
    void ignoresAFieldThatItDoesNotKnow() {
        ObjectNode later = GOLDEN.document().put("addedLater", 7);

        assertThat(parse(later.toString())).contains(REJECTED);
        assertThat(GOLDEN.violations(later)).isEmpty();
    }

    @ParameterizedTest
    @MethodSource("requiredFields")
    void isNoneWithoutARequiredField(String field) {
        ObjectNode without = GOLDEN.document();
        without.remove(field);

        assertThat(parse(without.toString())).isEmpty();
        assertThat(GOLDEN.violations(without)).isNotEmpty();
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "{", "{}", "null", "[]", "7", "\"live\"", "<html>"})
    void somebodysOwnFileIsNone(String text) {
        assertThat(parse(text)).isEmpty();
    }

    @Test
    void aStepWithoutItsTimeIsNone() {
        ObjectNode torn = GOLDEN.document();
        ((ArrayNode) torn.get("steps")).addObject().put("state", "DONE");

        assertThat(parse(torn.toString())).isEmpty();
    }

    @Test
    void aTimeThatIsNoneMakesItNone() {
        ObjectNode torn = GOLDEN.document();
        ((ArrayNode) torn.get("steps")).addObject().put("state", "DONE").put("at", "noon");

        assertThat(parse(torn.toString())).isEmpty();
    }

    @Test
    void standsBesideTheDrop() {
        assertThat(Answer.nameFor("us-central1/hello.tar.gz"))
                .isEqualTo("status/us-central1/hello.tar.gz.json");
    }
}
