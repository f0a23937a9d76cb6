package dev.slipway.deploy.decide;

import static org.assertj.core.api.Assertions.assertThat;

import dev.slipway.contracts.Reason;
import dev.slipway.deploy.decide.DeployStep.Close;
import dev.slipway.deploy.decide.DeployStep.DeployAgain;
import dev.slipway.deploy.decide.RevisionSeen.Failure;
import dev.slipway.deploy.decide.RevisionSeen.State;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** What a revision that failed is told for. */
class FailedRevisionTest {
    @Test
    void aContainerThatDoesNotStartIsItsAuthorsTurnAndBringsItsLog() {
        Situation situation = Situation.written(State.FAILED);

        situation.assertCloses(Reason.REVISION_FAILED);
        Close close = (Close) situation.next();
        assertThat(close.verdict().message()).contains("port 8080 within 240 s", "exit 1");
        assertThat(close.failed()).isEqualTo(Situation.mine(State.FAILED));
    }

    @ParameterizedTest
    @EnumSource(Failure.Cause.class)
    void theCauseSaysWhoseTurnItIs(Failure.Cause cause) {
        Situation situation = failed(cause);

        switch (cause) {
            case CONTAINER -> situation.assertCloses(Reason.REVISION_FAILED);
            case PERMISSION -> situation.assertCloses(Reason.DEPLOY_REFUSED);
            case PLATFORM -> assertThat(situation.next()).isInstanceOf(DeployAgain.class);
        }
    }

    @Test
    void aContainerThatExitedIsSaidToHaveExited() {
        assertThat(message("It failed to start and listen. Container called exit(3)."))
                .isEqualTo("The container exited with status 3 before it listened on port 8080.");
    }

    @Test
    void aContainerThatNeverListenedIsSaidNotToHaveListened() {
        assertThat(message("The user-provided container failed to start and listen."))
                .contains("listen on port 8080 within 240 s")
                .doesNotContain("Cloud Run says");
    }

    private String message(String told) {
        Situation situation = Situation.written(State.FAILED);
        situation.revisions.removeLast();
        situation.revisions.add(
                new RevisionSeen(
                        Situation.MY_REVISION,
                        State.FAILED,
                        new Failure(Failure.Cause.CONTAINER, told),
                        null,
                        null));
        return ((Close) situation.next()).verdict().message();
    }

    @Test
    void thePlatformHasThreeAttempts() {
        Situation situation = failed(Failure.Cause.PLATFORM);
        situation.record = Situation.DEPLOYING.deployAgain().deployAgain();
        String third = Situation.MY_REVISION.replaceAll("1$", "3");
        situation.template = third;
        situation.wanted = third;
        situation.revisions.add(
                new RevisionSeen(
                        third,
                        State.FAILED,
                        new Failure(Failure.Cause.PLATFORM, "internal"),
                        null,
                        null));

        situation.assertCloses(Reason.DEPLOY_UNAVAILABLE);
    }

    private Situation failed(Failure.Cause cause) {
        Situation situation = Situation.written(State.FAILED);
        RevisionSeen mine = situation.revisions.removeLast();
        situation.revisions.add(
                new RevisionSeen(
                        mine.name(),
                        State.FAILED,
                        new Failure(cause, "because"),
                        mine.origin(),
                        null));
        return situation;
    }
}
