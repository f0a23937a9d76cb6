package dev.slipway.contracts;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.slipway.contracts.RequestAnswer.Refusal;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

class RequestTest {
    private static final Request ROLLBACK =
            new Request(1, RequestKind.ROLLBACK, "hello-txkjyj3yv-1", null, false, "order-17");
    private static final RequestAnswer REFUSED =
            new RequestAnswer(
                    Golden.DEPLOYMENT,
                    RequestKind.ROLLBACK,
                    "hello",
                    "europe-west1",
                    "1767268800000-00001767268800000001-local-project-slipway-ledger/"
                            + "requests/europe-west1/hello/r1.json",
                    "1767268800000001",
                    RequestAnswer.State.DONE,
                    RequestAnswer.Outcome.REFUSED,
                    Refusal.NO_SUCH_REVISION,
                    Turn.YOU,
                    "hello-1 was never live; hello-2 was.",
                    Refusal.NO_SUCH_REVISION.nextStep(),
                    null,
                    null,
                    null,
                    null,
                    List.of(),
                    "order-17");
    private static final Golden REQUEST = new Golden("request", ROLLBACK);
    private static final Golden ANSWER = new Golden("request-answer", REFUSED);

    static List<String> requiredOfAnswers() {
        return ANSWER.required();
    }

    private static Request parse(String text) throws UnreadableEvent {
        return Request.parse(text.getBytes(StandardCharsets.UTF_8));
    }

    @Test
    void isWrittenExactlyAsTheGoldenBytes() {
        assertThat(Json.write(ROLLBACK)).isEqualTo(REQUEST.bytes());
        assertThat(Json.write(REFUSED)).isEqualTo(ANSWER.bytes());
    }

    @Test
    void isReadFromTheGoldenBytes() throws UnreadableEvent {
        assertThat(Request.parse(REQUEST.bytes())).isEqualTo(ROLLBACK);
        assertThat(RequestAnswer.parse(ANSWER.bytes())).contains(REFUSED);
    }

    @Test
    void theGoldenBytesAreWhatTheSchemasSay() {
        assertThat(REQUEST.violations(REQUEST.document())).isEmpty();
        assertThat(ANSWER.violations(ANSWER.document())).isEmpty();
        REQUEST.assertSchemaNamesEveryField();
        ANSWER.assertSchemaNamesEveryField();
    }

    @Test
    void ignoresAFieldThatItDoesNotKnow() throws UnreadableEvent {
        assertThat(parse(REQUEST.document().put("addedLater", 7).toString())).isEqualTo(ROLLBACK);
    }

    @ParameterizedTest
    @EnumSource
    void everyKindIsReadAsItIsWritten(RequestKind kind) {
        assertThat(RequestKind.of(kind.text())).contains(kind);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "{}|schema is missing; allowed is 1",
                "{\"schema\":2,\"kind\":\"hold\"}|schema is 2; allowed is 1",
                "{\"schema\":1,\"kind\":\"explode\"}|kind is explode; allowed are rollback, hold,",
                "{\"schema\":1,\"kind\":\"hold\",\"revision\":\"a\"}|the field revision does not fit",
                "{\"schema\":1,\"kind\":\"cancel\"}|the field deployment does not fit",
                "{\"schema\":1,\"kind\":\"cancel\",\"deployment\":\"x\"}|x is no deployment's id",
                "{\"schema\":1,\"kind\":\"hold\",\"dryRun\":true}|the field dryRun does not fit",
                "no json|the request is no JSON object",
            })
    void saysWhatIsAllowed(String text, String message) {
        assertThatThrownBy(() -> parse(text))
                .isInstanceOf(UnreadableEvent.class)
                .hasMessageStartingWith(message);
    }

    @Test
    void isNotReadWhereItIsTooLong() {
        assertThatThrownBy(() -> parse(" ".repeat(70_000)))
                .isInstanceOf(UnreadableEvent.class)
                .hasMessageContaining("65536 bytes");
    }

    @ParameterizedTest
    @MethodSource("requiredOfAnswers")
    void anAnswerIsNoneWithoutARequiredField(String field) {
        ObjectNode without = ANSWER.document();
        without.remove(field);

        assertThat(RequestAnswer.parse(without.toString().getBytes(StandardCharsets.UTF_8)))
                .isEmpty();
    }

    @Test
    void standsBelowItsServiceAndItsAnswerBesideIt() {
        RequestName name = RequestName.of(Golden.HELLO, "r1");

        assertThat(name.object()).isEqualTo("requests/europe-west1/hello/r1.json");
        assertThat(RequestName.parse(name.object())).contains(name);
        assertThat(RequestName.answerTo(name.object()))
                .isEqualTo("requests/europe-west1/hello/r1.answer.json");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "requests/europe-west1/hello/r1.answer.json",
                "requests/europe-west1/hello/r1",
                "requests/europe-west1/Hello/r1.json",
                "requests/hello/r1.json",
                "deployments/europe-west1/hello/r1.json",
                "requests/europe-west1/hello/a/r1.json",
            })
    void nothingElseIsARequest(String object) {
        assertThat(RequestName.parse(object)).isEmpty();
    }

    @ParameterizedTest
    @EnumSource
    void everyRefusalSaysWhatToDo(Refusal refusal) {
        assertThat(refusal.turn()).isNotEqualTo(Turn.NOBODY);
        assertThat(refusal.nextStep()).endsWith(".");
    }
}
