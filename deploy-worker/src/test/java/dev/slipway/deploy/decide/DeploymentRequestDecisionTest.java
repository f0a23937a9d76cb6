package dev.slipway.deploy.decide;

import static org.assertj.core.api.Assertions.assertThat;

import dev.slipway.contracts.Reason;
import dev.slipway.contracts.RequestAnswer.Refusal;
import dev.slipway.contracts.RequestKind;
import dev.slipway.contracts.ServiceKey;
import dev.slipway.contracts.ServiceName;
import dev.slipway.contracts.Verdict;
import dev.slipway.deploy.decide.RequestStep.BeginDeployment;
import dev.slipway.deploy.decide.RequestStep.CarryOnDeployment;
import dev.slipway.deploy.decide.RequestStep.ChooseParent;
import dev.slipway.deploy.decide.RequestStep.CloseDeployment;
import dev.slipway.deploy.decide.RequestStep.EndDeployment;
import dev.slipway.deploy.decide.RequestStep.Leave;
import dev.slipway.ledger.DeploymentRecord;
import dev.slipway.ledger.Marker;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Requests about a deployment: cancelling it, or deploying its source once more. */
class DeploymentRequestDecisionTest {
    private final Asked cancel = Asked.whereNothingIs(RequestKind.CANCEL);

    private RequestStep cancel(DeploymentRecord deployment) {
        cancel.deployment = Optional.of(deployment);
        return cancel.next();
    }

    private DeploymentRecord ended(Reason reason) {
        return Situation.DEPLOYING.finished(Verdict.of(reason, "It ended."), null);
    }

    @Test
    void theBuildWorkerCancelsWhatHasNoImage() {
        DeploymentRecord received =
                DeploymentRecord.received(Marker.of(Situation.MINE), Situation.HELLO, null);
        DeploymentRecord verified =
                received.verified(
                        Situation.BUILT.requireSource(), Situation.BUILT.requireManifest(), null);

        for (DeploymentRecord early : List.of(received, verified, verified.claimed())) {
            assertThat(cancel(early)).as("%s", early.stage()).isInstanceOf(Leave.class);
        }
    }

    @Test
    void oneThatIsBuiltEndsAtOnce() {
        assertThat(cancel(Situation.BUILT))
                .isInstanceOfSatisfying(
                        EndDeployment.class,
                        step ->
                                assertThat(step.verdict().reason())
                                        .isEqualTo(Reason.CANCELLED_ON_REQUEST));
    }

    @Test
    void oneThatIsDeployingIsClosedAndThenCarriedOn() {
        assertThat(cancel(Situation.DEPLOYING)).isInstanceOf(CloseDeployment.class);
        assertThat(cancel(Situation.CLOSING)).isInstanceOf(CarryOnDeployment.class);
    }

    @Test
    void oneThatIsOverWasCancelledOrCannotBe() {
        cancel.deployment = Optional.of(ended(Reason.CANCELLED_ON_REQUEST));
        RequestDecisionTest.assertDone(cancel);

        for (Reason reason : List.of(Reason.DEPLOYED, Reason.REVISION_FAILED)) {
            cancel.deployment = Optional.of(ended(reason));
            RequestDecisionTest.assertRefused(cancel, Refusal.ALREADY_ENDED);
        }
    }

    @ParameterizedTest
    @EnumSource(
            value = RequestKind.class,
            names = {"CANCEL", "REDRIVE"})
    void oneThatIsNotThereOrAnotherServicesIsRefused(RequestKind kind) {
        Asked asked = Asked.whereNothingIs(kind);
        RequestDecisionTest.assertRefused(asked, Refusal.NO_SUCH_DEPLOYMENT);

        ServiceKey other = new ServiceKey("europe-west1", new ServiceName("other"));
        asked.deployment =
                Optional.of(DeploymentRecord.received(Marker.of(Situation.MINE), other, null));
        RequestDecisionTest.assertRefused(asked, Refusal.NO_SUCH_DEPLOYMENT);
    }

    @Test
    void withNothingLiveThereIsNothingToRedeploy() {
        RequestDecisionTest.assertRefused(
                Asked.whereNothingIs(RequestKind.REDEPLOY), Refusal.NOTHING_LIVE);
    }

    @ParameterizedTest
    @EnumSource(
            value = RequestKind.class,
            names = {"REDRIVE", "REDEPLOY"})
    void whoseSourceItIsIsRecordedBeforeItBegins(RequestKind kind) {
        Asked asked = Asked.whereNothingIs(kind);
        asked.deployment = Optional.of(ended(Reason.DEPLOYED));
        assertThat(asked.next()).isEqualTo(new ChooseParent(Situation.BUILT.deployment()));

        asked.record = asked.record.actingOn(Situation.BUILT.deployment());
        assertThat(asked.next()).isEqualTo(new BeginDeployment(ended(Reason.DEPLOYED)));
    }

    @Test
    void oneThatWasNeverVerifiedHasNoSource() {
        Asked redrive = Asked.whereNothingIs(RequestKind.REDRIVE);
        redrive.deployment =
                Optional.of(
                        DeploymentRecord.received(
                                Marker.of(Situation.MINE), Situation.HELLO, null));

        RequestDecisionTest.assertRefused(redrive, Refusal.NO_SOURCE);
    }
}
