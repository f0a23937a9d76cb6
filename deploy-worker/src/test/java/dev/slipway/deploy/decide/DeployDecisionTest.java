package dev.slipway.deploy.decide;

import static org.assertj.core.api.Assertions.assertThat;

import dev.slipway.contracts.Outcome;
import dev.slipway.contracts.Reason;
import dev.slipway.contracts.Verdict;
import dev.slipway.contracts.manifest.Access;
import dev.slipway.deploy.decide.DeployStep.Await;
import dev.slipway.deploy.decide.DeployStep.Begin;
import dev.slipway.deploy.decide.DeployStep.Close;
import dev.slipway.deploy.decide.DeployStep.Create;
import dev.slipway.deploy.decide.DeployStep.Delete;
import dev.slipway.deploy.decide.DeployStep.Deploy;
import dev.slipway.deploy.decide.DeployStep.DeployAgain;
import dev.slipway.deploy.decide.DeployStep.End;
import dev.slipway.deploy.decide.DeployStep.Leave;
import dev.slipway.deploy.decide.DeployStep.RaiseAbsent;
import dev.slipway.deploy.decide.DeployStep.Route;
import dev.slipway.deploy.decide.DeployStep.Wait;
import dev.slipway.deploy.decide.RevisionSeen.Failure;
import dev.slipway.deploy.decide.RevisionSeen.State;
import dev.slipway.deploy.decide.ServiceSeen.Progress;
import dev.slipway.ledger.DeploymentRecord;
import dev.slipway.ledger.Marker;
import dev.slipway.ledger.Waiting;
import java.time.Duration;
import java.util.Optional;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class DeployDecisionTest {
    private static Reason reason(DeployStep step) {
        return switch (step) {
            case End(Verdict verdict, _) -> verdict.reason();
            case Close(Verdict verdict, _) -> verdict.reason();
            default -> throw new AssertionError("no verdict but " + step);
        };
    }

    private static void assertCloses(Situation situation, Reason reason) {
        DeployStep step = situation.next();
        assertThat(step).isInstanceOf(Close.class);
        assertThat(reason(step)).isEqualTo(reason);
    }

    private static void assertWaits(Situation situation, Waiting.Cause cause) {
        assertThat(situation.next())
                .isInstanceOfSatisfying(
                        Wait.class, wait -> assertThat(wait.waiting().cause()).isEqualTo(cause));
    }

    @Test
    void beforeItsImageIsThereNothingIsDone() {
        Situation situation = Situation.empty();
        situation.record =
                DeploymentRecord.received(Marker.of(Situation.MINE), Situation.HELLO, null);

        assertThat(situation.next()).isInstanceOf(Leave.class);
    }

    @Nested
    class BeforeDeploying {
        private final Situation situation = Situation.olderServes();

        BeforeDeploying() {
            situation.record = Situation.BUILT;
        }

        @Test
        void itIsRecordedBeforeAnythingIsWritten() {
            assertThat(situation.next()).isEqualTo(new Begin());
            situation.present = false;
            assertThat(situation.next()).isEqualTo(new Begin());
        }

        @Test
        void aNewerDeploymentSupersedesIt() {
            situation.newest = Situation.order(6);

            situation.assertEnds(Reason.NEWER_DEPLOYMENT);
        }

        @Test
        void anUndeployAboveItSupersedesIt() {
            situation.absent = Situation.order(6);

            situation.assertEnds(Reason.NEWER_DEPLOYMENT);
        }

        @Test
        void aNewerFenceSupersedesIt() {
            situation.fence = Situation.order(6);

            situation.assertEnds(Reason.NEWER_DEPLOYMENT);
        }

        @Test
        void aForeignServiceIsRefusedWithoutAWrite() {
            situation.installation = null;
            situation.assertEnds(Reason.SERVICE_FOREIGN);

            situation.installation = "theirs";
            situation.assertEnds(Reason.SERVICE_FOREIGN);
        }

        @Test
        void aForeignServiceIsAdoptedWhereThatIsAllowed() {
            situation.installation = null;
            situation.rules =
                    new Rules("inst", true, true, Duration.ofMinutes(15), "inst-events-dead");

            assertThat(situation.next()).isEqualTo(new Begin());
        }

        @Test
        void aForeignServiceWithoutOneServingRevisionIsNeverAdopted() {
            situation.installation = null;
            situation.serving = null;
            situation.rules =
                    new Rules("inst", true, true, Duration.ofMinutes(15), "inst-events-dead");

            situation.assertEnds(Reason.SERVICE_FOREIGN);
        }

        @Test
        void publicAccessIsRefusedWhereItIsNotAllowed() {
            situation.access = Access.PUBLIC;
            situation.rules =
                    new Rules("inst", false, false, Duration.ofMinutes(15), "inst-events-dead");

            situation.assertEnds(Reason.DEPLOY_REFUSED);
        }

        @Test
        void aHeldServiceIsWaitedFor() {
            situation.held = new Held(true, Situation.order(4));

            assertWaits(situation, Waiting.Cause.HOLD);
        }

        @Test
        void anotherRolloutIsWaitedFor() {
            situation.progress = Progress.SETTLING;

            assertThat(situation.next())
                    .isInstanceOfSatisfying(
                            Await.class,
                            step -> assertThat(step.cause()).isEqualTo(Waiting.Cause.ROLLOUT));
        }
    }

    @Nested
    class WithoutService {
        private final Situation situation = Situation.empty();

        @Test
        void itIsCreatedWithMyFence() {
            assertThat(situation.next())
                    .isEqualTo(new Create(new Marks(Situation.MINE, null, null, null, "inst")));
        }

        @Test
        void itIsCreatedWhereAbsentIsBelowMine() {
            situation.absent = Situation.order(4);

            assertThat(situation.next()).isInstanceOf(Create.class);
        }

        @Test
        void itIsNotCreatedWhereAbsentIsAboveMine() {
            situation.absent = Situation.order(6);

            situation.assertEnds(Reason.NEWER_DEPLOYMENT);
        }
    }

    @Nested
    class Candidate {
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
            situation.revisions.add(
                    Situation.revision("hello-newer", State.READY, 6, "newer source"));

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
            situation.revisions.add(
                    Situation.revision("hello-between", State.UNDECIDED, 4, "between"));
            assertThat(situation.next()).isInstanceOf(Await.class);
        }

        @Test
        void waitsWhileTheServiceIsHeld() {
            situation.held = new Held(true, Situation.order(4));
            assertWaits(situation, Waiting.Cause.HOLD);

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

    @Nested
    class Traffic {
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
                                            Situation.MINE,
                                            null,
                                            Situation.OLD_REVISION,
                                            null,
                                            "inst"),
                                    Situation.MY_REVISION,
                                    Optional.of(Access.PRIVATE)));
        }

        @Test
        void isNotGivenOnceClosed() {
            Situation situation = Situation.written(State.READY);
            situation.serving = Situation.OLD_REVISION;
            situation.closed = Situation.MINE;

            assertCloses(situation, Reason.DEPLOY_REFUSED);
        }

        @Test
        void isTimedOutWhereItNeverComes() {
            Situation situation = Situation.written(State.READY);
            situation.serving = Situation.OLD_REVISION;
            situation.now = Situation.SINCE.plus(Duration.ofMinutes(15));

            assertCloses(situation, Reason.DEPLOY_TIMED_OUT);
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

    @Nested
    class Failing {
        @Test
        void aContainerThatDoesNotStartIsItsAuthorsTurnAndBringsItsLog() {
            Situation situation = Situation.written(State.FAILED);

            assertCloses(situation, Reason.REVISION_FAILED);
            Close close = (Close) situation.next();
            assertThat(close.verdict().message()).contains("port 8080 within 240 s", "exit 1");
            assertThat(close.failed()).isEqualTo(Situation.mine(State.FAILED));
        }

        @ParameterizedTest
        @EnumSource(Failure.Cause.class)
        void theCauseSaysWhoseTurnItIs(Failure.Cause cause) {
            Situation situation = failed(cause);

            switch (cause) {
                case CONTAINER -> assertCloses(situation, Reason.REVISION_FAILED);
                case PERMISSION -> assertCloses(situation, Reason.DEPLOY_REFUSED);
                case PLATFORM -> assertThat(situation.next()).isInstanceOf(DeployAgain.class);
            }
        }

        @Test
        void aContainerThatExitedIsSaidToHaveExited() {
            assertThat(message("It failed to start and listen. Container called exit(3)."))
                    .isEqualTo(
                            "The container exited with status 3 before it listened on port 8080.");
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

            assertCloses(situation, Reason.DEPLOY_UNAVAILABLE);
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

    @Nested
    class Closing {
        private Situation closing(Situation situation) {
            situation.record = Situation.CLOSING;
            return situation;
        }

        @Test
        void closesMineAndLeavesTheTrafficOnWhatIsLive() {
            Situation situation = closing(Situation.written(State.FAILED));

            assertThat(situation.next())
                    .isEqualTo(
                            new Route(
                                    new Marks(
                                            Situation.MINE,
                                            Situation.MINE,
                                            Situation.OLD_REVISION,
                                            null,
                                            "inst"),
                                    Situation.OLD_REVISION,
                                    Optional.of(Access.PRIVATE)));
        }

        @Test
        void neverDeletesWhatAnotherDeploymentServesAPartOf() {
            Situation situation = closing(Situation.written(State.FAILED));
            situation.live = null;
            situation.servingPercent = 60;

            assertThat(situation.next())
                    .isEqualTo(
                            new Route(
                                    new Marks(
                                            Situation.MINE,
                                            Situation.MINE,
                                            Situation.OLD_REVISION,
                                            null,
                                            "inst"),
                                    Situation.OLD_REVISION,
                                    Optional.of(Access.PRIVATE)));
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

            assertWaits(situation, Waiting.Cause.HOLD);
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

    @Nested
    class Unchanged {
        private final Situation situation = Situation.olderServes();

        Unchanged() {
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
                                            Situation.MINE,
                                            null,
                                            Situation.OLD_REVISION,
                                            null,
                                            "inst"),
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
            assertCloses(situation, Reason.DEPLOY_TIMED_OUT);
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

    @Nested
    class GhostServices {
        @Test
        void belowAbsentIsDeleted() {
            Situation situation = Situation.olderServes();
            situation.absent = Situation.order(4);
            assertThat(situation.next()).isInstanceOf(Delete.class);

            situation.progress = Progress.SETTLING;
            assertThat(situation.next()).isInstanceOf(Delete.class);

            situation.record = Situation.CLOSING;
            assertThat(situation.next()).isInstanceOf(Delete.class);
        }

        @Test
        void ofTheOneThatWasDeclaredAbsentIsDeletedOnceThatEnded() {
            Situation situation = Situation.firstWritten(State.FAILED);
            situation.record = Situation.DEPLOYING;
            situation.fence = Situation.order(4);
            situation.absent = Situation.order(4);
            situation.revisions.clear();
            assertThat(situation.next()).isNotInstanceOf(Delete.class);

            situation.fenceOutcome = Optional.of(Outcome.FAILED);
            assertThat(situation.next()).isInstanceOf(Delete.class);
        }

        @Test
        void isNoneWhereAnotherOneServesAPart() {
            Situation situation = Situation.olderServes();
            situation.fence = Situation.order(4);
            situation.absent = Situation.order(4);
            situation.fenceOutcome = Optional.of(Outcome.FAILED);
            situation.servingPercent = 60;

            assertThat(situation.next()).isInstanceOf(Deploy.class);
        }

        @Test
        void isNoneWhereAnotherOneIsLive() {
            Situation situation = Situation.olderServes();
            situation.fence = Situation.order(4);
            situation.absent = Situation.order(4);
            situation.fenceOutcome = Optional.of(Outcome.FAILED);

            assertThat(situation.next()).isInstanceOf(Deploy.class);
        }

        @Test
        void isNoneWhereTheOneAtTheFenceWentLive() {
            Situation situation = Situation.firstWritten(State.FAILED);
            situation.fence = Situation.order(4);
            situation.absent = Situation.order(4);
            situation.revisions.clear();
            situation.fenceOutcome = Optional.of(Outcome.LIVE);

            assertThat(situation.next()).isNotInstanceOf(Delete.class);
        }
    }
}
