package dev.slipway.ledger;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.slipway.contracts.DeploymentId;
import dev.slipway.contracts.ObjectVersion;
import dev.slipway.contracts.RequestAnswer;
import dev.slipway.contracts.RequestAnswer.Outcome;
import dev.slipway.contracts.RequestAnswer.Refusal;
import dev.slipway.contracts.RequestAnswer.State;
import dev.slipway.contracts.RequestKind;
import dev.slipway.contracts.ServiceKey;
import dev.slipway.contracts.ServiceName;
import dev.slipway.ledger.RequestRecord.End;
import dev.slipway.ledger.RequestRecord.Stage;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class RequestRecordTest {
    private static final Instant NOON = Instant.parse("2026-01-01T12:00:00Z");
    private static final ServiceKey HELLO =
            new ServiceKey("europe-west1", new ServiceName("hello"));
    private static final Marker MARKER =
            Marker.of(
                    new Order(
                            1_700_000_000_000L,
                            42,
                            "ledger-bucket",
                            "requests/europe-west1/hello/r1.json"));
    private static final DeploymentId OTHER =
            DeploymentId.of(new ObjectVersion("drop", "hello.zip", 1));
    private static final Waiting WAITING = new Waiting(Waiting.Cause.ROLLOUT, NOON);

    private final InMemoryObjectStore store = new InMemoryObjectStore(() -> NOON);
    private final Ledger ledger =
            new Ledger(
                    store, () -> UUID.randomUUID().toString(), new Backoff(_ -> {}, new Random(1)));

    private static RequestRecord received(RequestKind kind) {
        return received(kind, null);
    }

    private static RequestRecord received(RequestKind kind, @Nullable DeploymentId deployment) {
        return RequestRecord.received(MARKER, HELLO, kind, null, deployment, false, "order-17");
    }

    @Test
    void itsIdAndOrderAreTheObjects() {
        RequestRecord record = received(RequestKind.HOLD);

        assertThat(record.request()).isEqualTo(MARKER.deployment());
        assertThat(record.order()).isEqualTo(MARKER.order());
        assertThat(record.object()).isEqualTo(MARKER.drop());
        assertThat(record.answerName()).isEqualTo("requests/europe-west1/hello/r1.answer.json");
    }

    @Test
    void whatIsDecidedIsRecordedAndEndsTheWaiting() {
        RequestRecord acting = received(RequestKind.ROLLBACK).waiting(WAITING).acting("hello-1");

        assertThat(acting.stage()).isEqualTo(Stage.ACTING);
        assertThat(acting.revision()).isEqualTo("hello-1");
        assertThat(acting.waiting()).isNull();

        RequestRecord redeploying = received(RequestKind.REDEPLOY).waiting(WAITING).actingOn(OTHER);
        assertThat(redeploying.stage()).isEqualTo(Stage.ACTING);
        assertThat(redeploying.deployment()).isEqualTo(OTHER);
        assertThat(redeploying.waiting()).isNull();
    }

    @Test
    void waitingAndSweepsKeepWhereItIs() {
        RequestRecord acting = received(RequestKind.ROLLBACK).acting("hello-1");

        RequestRecord waiting = acting.waiting(WAITING);
        assertThat(waiting.stage()).isEqualTo(Stage.ACTING);
        assertThat(waiting.revision()).isEqualTo("hello-1");
        RequestRecord injected = waiting.injected();
        assertThat(injected.waiting()).isEqualTo(WAITING);
        assertThat(injected.injection()).isEqualTo(waiting.injection() + 1);
    }

    @Test
    void whatIsOverStaysSo() {
        RequestRecord done = received(RequestKind.HOLD).finished(End.done("It is held."));

        assertThat(done.isDone()).isTrue();
        assertThat(done.injected().end()).isEqualTo(done.end());
        assertThatThrownBy(() -> done.acting("x")).isInstanceOf(IllegalStateException.class);
        assertThatThrownBy(() -> done.actingOn(OTHER)).isInstanceOf(IllegalStateException.class);
        assertThatThrownBy(() -> done.waiting(WAITING)).isInstanceOf(IllegalStateException.class);
        assertThatThrownBy(() -> done.finished(End.superseded("It is late.")))
                .isInstanceOf(IllegalStateException.class)
                .hasMessageContaining(done.request().value());
    }

    @Test
    void theAnswerSaysHowItStands() {
        RequestRecord record = received(RequestKind.ROLLBACK);
        assertThat(record.answer().state()).isEqualTo(State.RECEIVED);
        assertThat(record.answer().correlation()).isEqualTo("order-17");
        assertThat(record.answer().order()).isEqualTo(MARKER.order().text());
        assertThat(record.answer().generation()).isEqualTo("42");

        RequestAnswer waiting = record.waiting(WAITING).answer();
        assertThat(waiting.state()).isEqualTo(State.WAITING);
        assertThat(waiting.waitingFor()).isEqualTo(WAITING.words());
        assertThat(waiting.outcome()).isNull();
    }

    @Test
    void theAnswerToARollbackNamesTheRevisionOnlyOnceItServes() {
        RequestRecord acting = received(RequestKind.ROLLBACK).acting("hello-1");

        assertThat(acting.answer().revision()).isNull();
        assertThat(acting.finished(End.superseded("It is late.")).answer().revision()).isNull();
        RequestAnswer done = acting.finished(End.done("It serves.").at("http://hello")).answer();
        assertThat(done.state()).isEqualTo(State.DONE);
        assertThat(done.outcome()).isEqualTo(Outcome.DONE);
        assertThat(done.revision()).isEqualTo("hello-1");
        assertThat(done.url()).isEqualTo("http://hello");
    }

    @ParameterizedTest
    @EnumSource(Refusal.class)
    void aRefusalSaysWhoseTurnItIsAndWhatToDo(Refusal refusal) {
        RequestAnswer answer =
                received(RequestKind.HOLD).finished(End.refused(refusal, "No.")).answer();

        assertThat(answer.outcome()).isEqualTo(Outcome.REFUSED);
        assertThat(answer.refusal()).isEqualTo(refusal);
        assertThat(answer.turn()).isEqualTo(refusal.turn());
        assertThat(answer.nextStep()).isEqualTo(refusal.nextStep());
        assertThat(answer.message()).isEqualTo("No.");
    }

    @ParameterizedTest
    @EnumSource(
            value = RequestKind.class,
            names = {"REDRIVE", "REDEPLOY"})
    void whatBecameADeploymentIsAnsweredWithItsId(RequestKind kind) {
        RequestRecord acting = received(kind).actingOn(OTHER);

        assertThat(acting.answer().deployment()).isNull();
        assertThat(acting.finished(End.done("It is deployed.")).answer().deployment())
                .isEqualTo(MARKER.deployment());
        assertThat(
                        acting.finished(End.refused(Refusal.NO_SOURCE, "It is gone."))
                                .answer()
                                .deployment())
                .isNull();
    }

    @Test
    void aCancelIsAnsweredWithWhatItIsAbout() {
        assertThat(received(RequestKind.CANCEL, OTHER).answer().deployment()).isEqualTo(OTHER);
    }

    @Test
    void aDryRunTellsWhatWouldGo() {
        RequestRecord dry =
                RequestRecord.received(MARKER, HELLO, RequestKind.UNDEPLOY, null, null, true, null);

        assertThat(
                        dry.finished(End.done("Nothing.").wouldDelete(List.of("service hello")))
                                .answer()
                                .wouldDelete())
                .containsExactly("service hello");
        assertThat(dry.answer().wouldDelete()).isEmpty();
    }

    @Test
    void aRecordIsReadBackAsItWasWritten() {
        Versioned<RequestRecord> begun = ledger.begin(received(RequestKind.CANCEL, OTHER));
        Versioned<RequestRecord> over =
                ledger.swap(
                                begun,
                                begun.value()
                                        .finished(
                                                End.refused(
                                                        Refusal.ALREADY_ENDED, "It had ended.")))
                        .orElseThrow();

        assertThat(ledger.request(MARKER.deployment())).contains(over);
        assertThat(over.value().end())
                .isEqualTo(End.refused(Refusal.ALREADY_ENDED, "It had ended."));
    }

    @Test
    void theFirstRecordStandsAndAStaleSwapIsEmpty() {
        Versioned<RequestRecord> begun = ledger.begin(received(RequestKind.HOLD));
        assertThat(ledger.begin(received(RequestKind.RELEASE))).isEqualTo(begun);

        assertThat(ledger.swap(begun, begun.value().injected())).isPresent();
        assertThat(ledger.swap(begun, begun.value().injected())).isEmpty();
    }

    @Test
    void theAnswerThatSaysHowItEndedStays() {
        RequestRecord record = received(RequestKind.HOLD);
        RequestRecord done = record.finished(End.done("It is held."));

        ledger.answerRequest(record.answerName(), record.waiting(WAITING).answer());
        ledger.answerRequest(record.answerName(), done.answer());
        ledger.answerRequest(record.answerName(), record.answer());

        assertThat(
                        store.get(record.answerName())
                                .flatMap(stored -> RequestAnswer.parse(stored.body())))
                .contains(done.answer());
    }

    @Test
    void onlyTheVeryGenerationOfTheObjectIsRead() {
        ObjectVersion object = MARKER.drop();
        store.create(object.object(), "{}".getBytes(StandardCharsets.UTF_8));
        long generation = store.get(object.object()).orElseThrow().generation();

        assertThat(
                        ledger.requestObject(
                                new ObjectVersion(object.bucket(), object.object(), generation)))
                .isPresent();
        assertThat(
                        ledger.requestObject(
                                new ObjectVersion(
                                        object.bucket(), object.object(), generation + 1)))
                .isEqualTo(Optional.empty());
    }
}
