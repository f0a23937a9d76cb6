package dev.slipway.deploy.decide;

import static org.assertj.core.api.Assertions.assertThat;

import dev.slipway.contracts.Reason;
import dev.slipway.deploy.decide.DeployStep.Await;
import dev.slipway.deploy.decide.DeployStep.Deploy;
import dev.slipway.deploy.decide.RevisionSeen.State;
import dev.slipway.deploy.decide.ServiceSeen.Progress;
import dev.slipway.ledger.Waiting;
import java.time.Duration;
import org.junit.jupiter.api.Test;

/** When a new revision is written, by whom and over what. */
class CandidateTest {
    private final Situation situation = Situation.olderServes();

    @Test
    void takesTheFenceAndSettlesWhatIsLive() {
        assertThat(situation.next())
                .isEqualTo(
                        new Deploy(
                                new Marks(
                                        Situation.MINE,
                                        null,
                                        Situation.OLD_REVISION,
                                        null,
                                        "inst")));
    }

    @Test
    void keepsWhatStoodWhereNoRevisionHoldsAllTraffic() {
        situation.serving = null;
        situation.live = "hello-older";

        assertThat(situation.next())
                .isInstanceOfSatisfying(
                        Deploy.class,
                        step -> assertThat(step.marks().live()).isEqualTo("hello-older"));
    }

    @Test
    void isNotWrittenUnderANewerFence() {
        situation.fence = Situation.order(6);

        situation.assertEnds(Reason.NEWER_DEPLOYMENT);
    }

    @Test
    void isNotWrittenWhereANewerRevisionStandsThoughTheAnnotationsWereWiped() {
        situation.fence = null;
        situation.revisions.add(Situation.revision("hello-newer", State.READY, 6, "newer source"));

        situation.assertEnds(Reason.NEWER_DEPLOYMENT);
    }

    @Test
    void isWrittenOverANewerEntryThatHasNotWrittenYet() {
        situation.newest = Situation.order(6);

        assertThat(situation.next()).isInstanceOf(Deploy.class);
    }

    @Test
    void waitsForAnotherRollout() {
        situation.progress = Progress.SETTLING;
        assertThat(situation.next()).isInstanceOf(Await.class);

        situation.progress = Progress.FAILED;
        situation.wanted = "hello-between";
        situation.revisions.add(Situation.revision("hello-between", State.UNDECIDED, 4, "between"));
        assertThat(situation.next()).isInstanceOf(Await.class);
    }

    @Test
    void waitsWhileTheServiceIsHeld() {
        situation.held = new Held(true, Situation.order(4));
        situation.assertWaits(Waiting.Cause.HOLD);

        situation.held = new Held(false, Situation.order(4));
        assertThat(situation.next()).isInstanceOf(Deploy.class);
    }

    @Test
    void isWrittenLateAfterAHold() {
        situation.now = Situation.SINCE.plus(Duration.ofHours(5));

        assertThat(situation.next()).isInstanceOf(Deploy.class);
    }

    @Test
    void anotherAttemptIsWrittenWhereTheFirstFailed() {
        Situation again = Situation.written(State.FAILED);
        again.record = Situation.DEPLOYING.deployAgain();

        assertThat(again.next()).isInstanceOf(Deploy.class);
    }

    @Test
    void aServiceOnItsWayOutIsWaitedFor() {
        situation.deleting = true;

        assertThat(situation.next()).isInstanceOf(Await.class);
    }
}
