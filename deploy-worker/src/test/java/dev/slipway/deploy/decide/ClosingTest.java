package dev.slipway.deploy.decide;

import static org.assertj.core.api.Assertions.assertThat;

import dev.slipway.contracts.Reason;
import dev.slipway.contracts.manifest.Access;
import dev.slipway.deploy.decide.DeployStep.Await;
import dev.slipway.deploy.decide.DeployStep.Delete;
import dev.slipway.deploy.decide.DeployStep.RaiseAbsent;
import dev.slipway.deploy.decide.DeployStep.Route;
import dev.slipway.deploy.decide.RevisionSeen.State;
import dev.slipway.deploy.decide.ServiceSeen.Progress;
import dev.slipway.ledger.Waiting;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** What a deployment leaves behind that did not succeed. */
class ClosingTest {
    private static final DeployStep BACK_TO_WHAT_IS_LIVE =
            new Route(
                    new Marks(Situation.MINE, Situation.MINE, Situation.OLD_REVISION, null, "inst"),
                    Situation.OLD_REVISION,
                    Optional.of(Access.PRIVATE));

    private Situation closing(Situation situation) {
        situation.record = Situation.CLOSING;
        return situation;
    }

    @Test
    void closesMineAndLeavesTheTrafficOnWhatIsLive() {
        Situation situation = closing(Situation.written(State.FAILED));

        assertThat(situation.next()).isEqualTo(BACK_TO_WHAT_IS_LIVE);
    }

    @Test
    void neverDeletesWhatAnotherDeploymentServesAPartOf() {
        Situation situation = closing(Situation.written(State.FAILED));
        situation.live = null;
        situation.servingPercent = 60;

        assertThat(situation.next()).isEqualTo(BACK_TO_WHAT_IS_LIVE);
    }

    @Test
    void endsOnceThatIsSettled() {
        Situation situation = closing(Situation.written(State.FAILED));
        situation.closed = Situation.MINE;
        situation.wanted = Situation.OLD_REVISION;
        situation.assertEnds(Reason.REVISION_FAILED);

        situation.progress = Progress.SETTLING;
        assertThat(situation.next()).isInstanceOf(Await.class);
    }

    @Test
    void saysLiveWhereThatIsTheTruth() {
        closing(Situation.written(State.READY)).assertEnds(Reason.DEPLOYED);
    }

    @Test
    void writesNothingUnderANewerFence() {
        Situation situation = closing(Situation.written(State.FAILED));
        situation.fence = Situation.order(6);

        situation.assertEnds(Reason.NEWER_DEPLOYMENT);
    }

    @Test
    void waitsWhileTheServiceIsHeld() {
        Situation situation = closing(Situation.written(State.FAILED));
        situation.held = new Held(true, Situation.order(4));

        situation.assertWaits(Waiting.Cause.HOLD);
    }

    @Test
    void declaresAbsentBeforeItDeletesWhatNeverServed() {
        Situation situation = closing(Situation.firstWritten(State.FAILED));
        assertThat(situation.next()).isEqualTo(new RaiseAbsent());

        situation.absent = Situation.MINE;
        assertThat(situation.next()).isInstanceOf(Delete.class);
    }

    @Test
    void whatNeverServedCannotBeHeld() {
        Situation situation = closing(Situation.firstWritten(State.FAILED));
        situation.held = new Held(true, Situation.order(4));
        situation.absent = Situation.MINE;

        assertThat(situation.next()).isInstanceOf(Delete.class);
    }

    @Test
    void endsOnceNothingIsThere() {
        Situation situation = closing(Situation.empty());
        assertThat(situation.next()).isEqualTo(new RaiseAbsent());

        situation.absent = Situation.MINE;
        situation.assertEnds(Reason.REVISION_FAILED);
    }

    @Test
    void leavesAForeignServiceAlone() {
        Situation situation = closing(Situation.olderServes());
        situation.installation = "theirs";

        situation.assertEnds(Reason.REVISION_FAILED);
    }
}
