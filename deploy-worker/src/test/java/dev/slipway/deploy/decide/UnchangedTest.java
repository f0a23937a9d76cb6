package dev.slipway.deploy.decide;

import static org.assertj.core.api.Assertions.assertThat;

import dev.slipway.contracts.Reason;
import dev.slipway.contracts.manifest.Access;
import dev.slipway.deploy.decide.DeployStep.Await;
import dev.slipway.deploy.decide.DeployStep.Deploy;
import dev.slipway.deploy.decide.DeployStep.Route;
import dev.slipway.deploy.decide.RevisionSeen.State;
import dev.slipway.deploy.decide.ServiceSeen.Progress;
import java.time.Duration;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** A deployment of what serves already. */
class UnchangedTest {
    private final Situation situation = Situation.olderServes();

    UnchangedTest() {
        situation.revisions.clear();
        situation.revisions.add(
                Situation.revision(Situation.OLD_REVISION, State.READY, 3, "source"));
    }

    @Test
    void takesTheFenceAndLeavesTheTraffic() {
        assertThat(situation.next())
                .isEqualTo(
                        new Route(
                                new Marks(
                                        Situation.MINE, null, Situation.OLD_REVISION, null, "inst"),
                                Situation.OLD_REVISION,
                                Optional.of(Access.PRIVATE)));
    }

    @Test
    void isNotSaidOfARevisionThatIsNotReady() {
        situation.revisions.clear();
        situation.revisions.add(
                Situation.revision(Situation.OLD_REVISION, State.FAILED, 3, "source"));

        assertThat(situation.next()).isInstanceOf(Deploy.class);
    }

    @Test
    void isWrittenOnceAndTimesOutWhereItNeverComes() {
        situation.fence = Situation.MINE;
        situation.live = Situation.OLD_REVISION;
        situation.servingPercent = 60;
        assertThat(situation.next()).isInstanceOf(Await.class);

        situation.now = Situation.SINCE.plus(Duration.ofMinutes(15));
        situation.assertCloses(Reason.DEPLOY_TIMED_OUT);
    }

    @Test
    void isSaidOnceTheStatusShowsIt() {
        situation.fence = Situation.MINE;
        situation.assertEnds(Reason.ALREADY_LIVE);

        situation.progress = Progress.SETTLING;
        assertThat(situation.next()).isInstanceOf(Await.class);
    }

    @Test
    void isSaidThoughTheTemplateIsOfOneThatFailed() {
        situation.fence = Situation.MINE;
        situation.template = "hello-failed";
        situation.progress = Progress.FAILED;

        situation.assertEnds(Reason.ALREADY_LIVE);
    }

    @Test
    void isNotSaidUnderANewerFence() {
        situation.fence = Situation.order(6);

        situation.assertEnds(Reason.NEWER_DEPLOYMENT);
    }

    @Test
    void aForeignRevisionIsNeverTheSame() {
        RevisionSeen old = situation.revisions.removeLast();
        situation.revisions.add(new RevisionSeen(old.name(), State.READY, null, null, null));

        assertThat(situation.next()).isInstanceOf(Deploy.class);
    }
}
