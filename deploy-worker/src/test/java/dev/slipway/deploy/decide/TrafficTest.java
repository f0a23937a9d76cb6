package dev.slipway.deploy.decide;

import static org.assertj.core.api.Assertions.assertThat;

import dev.slipway.contracts.Reason;
import dev.slipway.contracts.manifest.Access;
import dev.slipway.deploy.decide.DeployStep.Await;
import dev.slipway.deploy.decide.DeployStep.End;
import dev.slipway.deploy.decide.DeployStep.Route;
import dev.slipway.deploy.decide.RevisionSeen.State;
import dev.slipway.deploy.decide.ServiceSeen.Progress;
import java.time.Duration;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** When a deployment is live. */
class TrafficTest {
    @Test
    void isLiveOnceTheStatusShowsIt() {
        Situation situation = Situation.written(State.READY);

        situation.assertEnds(Reason.DEPLOYED);
        assertThat(((End) situation.next()).url()).isEqualTo("http://hello");
    }

    @Test
    void isNotLiveWhileTheStatusLags() {
        Situation situation = Situation.written(State.READY);
        situation.progress = Progress.SETTLING;

        assertThat(situation.next()).isInstanceOf(Await.class);
    }

    @Test
    void isNotLiveWhileTheOlderOneServes() {
        Situation situation = Situation.written(State.READY);
        situation.serving = Situation.OLD_REVISION;

        assertThat(situation.next()).isInstanceOf(Await.class);
    }

    @Test
    void isGivenToMyRevisionByNameWhereItHasNone() {
        Situation situation = Situation.written(State.READY);
        situation.wanted = Situation.OLD_REVISION;
        situation.serving = Situation.OLD_REVISION;

        assertThat(situation.next())
                .isEqualTo(
                        new Route(
                                new Marks(
                                        Situation.MINE, null, Situation.OLD_REVISION, null, "inst"),
                                Situation.MY_REVISION,
                                Optional.of(Access.PRIVATE)));
    }

    @Test
    void isNotGivenOnceClosed() {
        Situation situation = Situation.written(State.READY);
        situation.serving = Situation.OLD_REVISION;
        situation.closed = Situation.MINE;

        situation.assertCloses(Reason.DEPLOY_REFUSED);
    }

    @Test
    void isTimedOutWhereItNeverComes() {
        Situation situation = Situation.written(State.READY);
        situation.serving = Situation.OLD_REVISION;
        situation.now = Situation.SINCE.plus(Duration.ofMinutes(15));

        situation.assertCloses(Reason.DEPLOY_TIMED_OUT);
    }

    @Test
    void theDeadlineWaitsWhileTheStatusLags() {
        Situation situation = Situation.written(State.UNDECIDED);
        situation.now = Situation.SINCE.plus(Duration.ofHours(5));

        assertThat(situation.next()).isInstanceOf(Await.class);
    }

    @Test
    void liveIsTheTruthThoughANewerFenceStands() {
        Situation situation = Situation.written(State.READY);
        situation.fence = Situation.order(6);

        situation.assertEnds(Reason.DEPLOYED);
    }

    @Test
    void liveIsTheTruthOfAnEarlierAttemptToo() {
        Situation situation = Situation.written(State.READY);
        situation.record = Situation.DEPLOYING.deployAgain();

        situation.assertEnds(Reason.DEPLOYED);
    }
}
