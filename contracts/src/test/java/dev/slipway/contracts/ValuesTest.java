package dev.slipway.contracts;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

class ValuesTest {
    @Test
    void oneDropIsOneDeploymentWhoeverComputesIt() {
        assertThat(DeploymentId.of(Golden.DROP)).isEqualTo(Golden.DEPLOYMENT);
    }

    @Test
    void anotherGenerationIsAnotherDeployment() {
        ObjectVersion next =
                new ObjectVersion(
                        Golden.DROP.bucket(), Golden.DROP.object(), Golden.DROP.generation() + 1);

        assertThat(DeploymentId.of(next)).isNotEqualTo(Golden.DEPLOYMENT);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "d",
                "3xyfanvfbtdxkjyj3yvd",
                "D3xyfanvfbtdxkjyj3yv",
                "d3xyfanvfbtdxkjyj3y1",
                "d3xyfanvfbtdxkjyj3yv\n",
                "d3xyfanvfbtdxkjyj3yvv"
            })
    void nothingElseIsADeploymentId(String text) {
        assertThatThrownBy(() -> new DeploymentId(text))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageStartingWith("a deployment id is d and 19 of a-z2-7, not ");
    }

    @Test
    void aDigestIsTheSha256OfTheBytes() {
        assertThat(Digest.of(new byte[0]).value())
                .isEqualTo(
                        "sha256:e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855");
        assertThat(Digest.of("").hex())
                .isEqualTo("e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855");
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "sha256:", "md5:00", "sha256:E3B0"})
    void nothingElseIsADigest(String text) {
        assertThatThrownBy(() -> new Digest(text))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("64 hex digits");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "a",
                "hello",
                "a1",
                "a-b",
                "abcdefghijabcdefghijabcdefghijabcdefghijabcdefghi"
            })
    void isAServiceName(String text) {
        assertThat(ServiceName.parse(text)).contains(new ServiceName(text));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "-a",
                "a-",
                "1a",
                "Hello",
                "a_b",
                "a.b",
                "hello\n",
                "é",
                "abcdefghijabcdefghijabcdefghijabcdefghijabcdefghij"
            })
    void isNoServiceName(String text) {
        assertThat(ServiceName.parse(text)).isEmpty();
        assertThatThrownBy(() -> new ServiceName(text))
                .isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void anObjectVersionNamesStoredBytes() {
        assertThat(Golden.DROP.uri())
                .isEqualTo("gs://local-project-slipway-drop/hello.zip#1767268800000001");
        assertThatThrownBy(() -> new ObjectVersion("b", "o", 0))
                .isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> new ObjectVersion("", "o", 1))
                .isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void shownTextCannotSteerATerminalOrForgeALogLine() {
        assertThat(Shown.of("a\u001b[31m\r\nb\u2028c\u202ed\u0000e\ud800f"))
                .isEqualTo("a\\u{1b}[31m\\u{d}\\u{a}b\\u{2028}c\\u{202e}d\\u{0}e\\u{d800}f");
    }

    @Test
    void shownTextIsCutBetweenCharacters() {
        assertThat(Shown.of("😀".repeat(201))).isEqualTo("😀".repeat(200) + "…");
        assertThat(Shown.of("😀".repeat(200))).isEqualTo("😀".repeat(200));
        assertThat(Shown.of("abc", 2)).isEqualTo("ab…");
    }

    @Test
    void aVerdictKeepsTheLastLinesOfALogAndNoMoreOfThem() {
        List<String> log = new ArrayList<>(Collections.nCopies(29, "early"));
        log.add("\u001b" + "y".repeat(600));
        Verdict verdict =
                Verdict.of(Reason.BUILD_FAILED, "x".repeat(3000)).withLog("http://log", log);

        assertThat(verdict.message()).hasSize(2001).endsWith("x…");
        assertThat(verdict.logTail()).hasSize(20);
        assertThat(verdict.logTail().getLast()).startsWith("\\u{1b}yy").endsWith("y…");
        assertThat(verdict.logTail().getFirst()).isEqualTo("early");
        assertThat(verdict.outcome()).isEqualTo(Outcome.FAILED);
    }

    @Test
    void aVerdictNamesTheEntryOrFieldConcerned() {
        Verdict verdict =
                Verdict.of(Reason.MANIFEST_INVALID, "no").atEntry("a\nb").atField(3, "memory");

        assertThat(verdict.entry()).isEqualTo("a\\u{a}b");
        assertThat(verdict.line()).isEqualTo(3);
        assertThat(verdict.field()).isEqualTo("memory");
    }

    @ParameterizedTest
    @EnumSource
    void everyReasonSaysTheNextStepInASentence(Reason reason) {
        assertThat(reason.nextStep()).matches("[A-Z].*[^.]\\.").doesNotContain("\n");
    }

    @ParameterizedTest
    @EnumSource
    void onlyWhatEndedAsWantedIsNobodysTurn(Reason reason) {
        boolean wanted =
                switch (reason.outcome()) {
                    case LIVE, UNCHANGED, SUPERSEDED -> true;
                    case REJECTED, FAILED -> false;
                    case CANCELLED -> reason == Reason.CANCELLED_ON_REQUEST;
                };

        assertThat(reason.turn() == Turn.NOBODY).isEqualTo(wanted);
    }

    @ParameterizedTest
    @EnumSource
    void everyOutcomeHasAReason(Outcome outcome) {
        assertThat(Reason.values()).anyMatch(reason -> reason.outcome() == outcome);
    }

    @Test
    void theSchemasKnowEveryReason() {
        for (Golden golden :
                List.of(Golden.events().getLast(), new Golden("answer", Golden.DROP))) {
            assertThat(values(golden, "reason")).isEqualTo(names(Reason.values()));
            assertThat(values(golden, "outcome")).isEqualTo(names(Outcome.values()));
        }
    }

    @Test
    void theAnswersSchemaKnowsEveryStateAndTurn() {
        Golden answer = new Golden("answer", Golden.DROP);

        assertThat(values(answer, "state")).isEqualTo(names(Answer.State.values()));
        assertThat(values(answer, "turn")).isEqualTo(names(Turn.values()));
    }

    private static List<String> values(Golden golden, String definition) {
        List<String> values = new ArrayList<>();
        golden.schema()
                .at("/$defs/" + definition + "/enum")
                .forEach(value -> values.add(value.asText()));
        return values;
    }

    private static List<String> names(Enum<?>[] constants) {
        return Arrays.stream(constants).map(Enum::name).toList();
    }
}
