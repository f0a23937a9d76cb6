package dev.slipway.build;

import static org.assertj.core.api.Assertions.assertThat;

import dev.slipway.build.decide.BuildSeen.Status;
import dev.slipway.contracts.DeploymentFinished;
import dev.slipway.contracts.DeploymentId;
import dev.slipway.contracts.ObjectVersion;
import dev.slipway.contracts.Outcome;
import dev.slipway.contracts.Reason;
import dev.slipway.contracts.Request;
import dev.slipway.contracts.RequestAnswer;
import dev.slipway.contracts.RequestAnswer.Refusal;
import dev.slipway.contracts.RequestAnswer.State;
import dev.slipway.contracts.Verdict;
import dev.slipway.kit.FailureKind;
import dev.slipway.kit.Handled;
import dev.slipway.kit.Message;
import dev.slipway.ledger.DeploymentRecord;
import dev.slipway.ledger.Stage;
import dev.slipway.ledger.Versioned;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class CancelDeploymentTest {
    private final Bench bench = new Bench();
    private final Asker asker = new Asker(bench);

    private List<Outcome> outcomes(DeploymentId deployment) {
        return bench.published.stream()
                .filter(event -> event.deployment().equals(deployment))
                .filter(DeploymentFinished.class::isInstance)
                .map(event -> ((DeploymentFinished) event).outcome())
                .toList();
    }

    private RequestAnswer answer(ObjectVersion cancel) {
        return asker.answer(cancel).orElseThrow();
    }

    private void swap(DeploymentId deployment, DeploymentRecord next) {
        var _ = bench.ledger.swap(bench.read(deployment), next).orElseThrow();
    }

    /** A deployment in this stage, as others have left it. */
    private DeploymentId in(Stage stage) {
        if (stage == Stage.RECEIVED) {
            return bench.received("hello").value().deployment();
        }
        DeploymentId hello = bench.verified("hello");
        if (stage == Stage.CLAIMED) {
            swap(hello, bench.record(hello).claimed());
        } else if (stage == Stage.BUILDING) {
            bench.start(hello);
        }
        assertThat(bench.record(hello).stage()).isEqualTo(stage);
        return hello;
    }

    private void assertCancelled(DeploymentId hello, ObjectVersion cancel) {
        assertThat(answer(cancel).outcome()).isEqualTo(RequestAnswer.Outcome.DONE);
        assertThat(answer(cancel).deployment()).isEqualTo(hello);
        assertThat(bench.record(hello).requireVerdict().reason())
                .isEqualTo(Reason.CANCELLED_ON_REQUEST);
        assertThat(outcomes(hello)).containsExactly(Outcome.CANCELLED);
        assertThat(bench.ledger.marker(hello)).isEmpty();
        assertThat(bench.ledger.marker(DeploymentId.of(cancel))).isEmpty();
        assertThat(bench.ledger.building()).isEmpty();
    }

    @ParameterizedTest
    @EnumSource(
            value = Stage.class,
            names = {"RECEIVED", "VERIFIED", "CLAIMED", "BUILDING"})
    void oneThatHasNoImageYetIsCancelled(Stage stage) {
        DeploymentId hello = in(stage);

        ObjectVersion cancel = asker.ask(Request.cancel(hello));

        assertCancelled(hello, cancel);
        if (stage != Stage.RECEIVED) {
            int builds = bench.builds.submissions();
            bench.start(hello);
            assertThat(bench.builds.submissions()).isEqualTo(builds);
        }
    }

    @Test
    void itsBuildIsReallyCancelled() {
        DeploymentId hello = in(Stage.BUILDING);

        ObjectVersion cancel = asker.ask(Request.cancel(hello));

        assertThat(bench.builds.cancelled()).containsExactly(bench.lastBuild());
        assertThat(answer(cancel).message()).contains("its build has stopped");
    }

    @Test
    void itIsDoneOnlyOnceTheBuildHasStopped() {
        DeploymentId hello = in(Stage.BUILDING);
        bench.builds.stopWhenTold();

        ObjectVersion cancel = asker.ask(Request.cancel(hello));
        assertThat(bench.builds.cancelled()).containsOnly(bench.lastBuild());
        assertThat(outcomes(hello)).containsExactly(Outcome.CANCELLED);
        assertThat(answer(cancel).state()).isEqualTo(State.WAITING);
        asker.sweepAfter(cancel, Duration.ofSeconds(10));
        assertThat(answer(cancel).state()).isEqualTo(State.WAITING);

        bench.builds.move(bench.lastBuild(), Status.CANCELLED, null);
        asker.sweepAfter(cancel, Duration.ofSeconds(10));
        assertCancelled(hello, cancel);
    }

    @Test
    void aBuildThatCannotBeAskedIsNotTakenForStopped() {
        DeploymentId hello = in(Stage.BUILDING);
        bench.builds.makeUnreadable(FailureKind.TRANSIENT);

        ObjectVersion cancel = asker.ask(Request.cancel(hello));

        assertThat(answer(cancel).state()).isEqualTo(State.WAITING);
    }

    @Test
    void aSecondRequestToCancelIsDoneAsWell() {
        DeploymentId hello = in(Stage.BUILDING);
        asker.ask(Request.cancel(hello));

        ObjectVersion again = asker.ask(Request.cancel(hello));

        assertCancelled(hello, again);
        assertThat(bench.builds.cancelled()).hasSize(1);
    }

    @Test
    void aRequestThatIsToldAgainChangesNothing() {
        DeploymentId hello = in(Stage.BUILDING);
        ObjectVersion cancel = asker.ask(Request.cancel(hello));
        var record = asker.record(cancel);
        int published = bench.published.size();

        asker.tell(cancel);
        asker.sweepAfter(cancel, Duration.ofMinutes(5));

        assertThat(asker.record(cancel)).isEqualTo(record);
        assertThat(bench.published).hasSize(published);
    }

    @Test
    void oneThatEndedOtherwiseIsRefused() {
        Versioned<DeploymentRecord> hello = bench.received("hello");
        DeploymentId rejected = hello.value().deployment();
        swap(
                rejected,
                hello.value()
                        .finished(Verdict.of(Reason.NOT_AN_ARCHIVE, "It is no archive."), null));

        ObjectVersion cancel = asker.ask(Request.cancel(rejected));

        assertThat(answer(cancel).refusal()).isEqualTo(Refusal.ALREADY_ENDED);
        assertThat(answer(cancel).message()).contains("REJECTED");
    }

    @Test
    void oneThatHasAnImageIsLeftToTheDeployWorker() {
        DeploymentId hello = bench.verified("hello");
        swap(hello, bench.record(hello).built("image@" + Bench.DIGEST));

        ObjectVersion cancel = asker.ask(Request.cancel(hello));

        assertThat(bench.record(hello).stage()).isEqualTo(Stage.BUILT);
        assertThat(asker.record(cancel))
                .hasValueSatisfying(record -> assertThat(record.isDone()).isFalse());
        assertThat(asker.answer(cancel)).isEmpty();
        assertThat(bench.published).isEmpty();
    }

    @Test
    void oneOfAnotherServiceIsLeftAlone() {
        DeploymentId other = bench.verified("other");
        bench.start(other);

        asker.ask(Request.cancel(other));

        assertThat(bench.record(other).stage()).isEqualTo(Stage.BUILDING);
        assertThat(bench.builds.cancelled()).isEmpty();
    }

    @Test
    void otherRequestsAreNotTakenUp() {
        ObjectVersion hold = asker.ask(Request.hold());

        asker.sweepAfter(hold, Duration.ofMinutes(5));

        assertThat(asker.record(hold)).isEmpty();
        assertThat(bench.ledger.marker(DeploymentId.of(hold))).isEmpty();
    }

    @Test
    void aMessageThatIsNoneIsPutAside() {
        assertThat(bench.cancel.handle(new Message("m", Map.of(), new byte[0])))
                .isInstanceOf(Handled.Unreadable.class);
    }

    @Test
    void whatFollowsTheCancelledOneIsBuilt() {
        DeploymentId older = in(Stage.BUILDING);
        asker.ask(Request.cancel(older));

        DeploymentId newer = bench.verified("hello");
        bench.start(newer);

        assertThat(bench.record(newer).stage()).isEqualTo(Stage.BUILDING);
        assertThat(Objects.requireNonNull(bench.record(newer).build()).name())
                .isEqualTo(bench.lastBuild());
    }
}
