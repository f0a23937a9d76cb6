package dev.slipway.deploy.decide;

import static org.assertj.core.api.Assertions.assertThat;

import dev.slipway.contracts.Outcome;
import dev.slipway.contracts.Request;
import dev.slipway.contracts.RequestAnswer;
import dev.slipway.contracts.RequestAnswer.Refusal;
import dev.slipway.contracts.RequestKind;
import dev.slipway.deploy.decide.RequestStep.Await;
import dev.slipway.deploy.decide.RequestStep.Delete;
import dev.slipway.deploy.decide.RequestStep.Finish;
import dev.slipway.deploy.decide.RequestStep.Leave;
import dev.slipway.deploy.decide.RequestStep.Mark;
import dev.slipway.deploy.decide.RequestStep.RaiseAbsent;
import dev.slipway.deploy.decide.RequestStep.Trigger;
import dev.slipway.ledger.RequestRecord.End;
import java.time.Duration;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

class RequestDecisionTest {
    private static End end(RequestStep step) {
        if (step instanceof Finish(End end)) {
            return end;
        }
        throw new AssertionError("no end but " + step);
    }

    static void assertRefused(Asked asked, Refusal refusal) {
        RequestStep step = asked.next();
        assertThat(end(step).refusal()).as("%s", step).isEqualTo(refusal);
        assertThat(end(step).outcome()).isEqualTo(RequestAnswer.Outcome.REFUSED);
    }

    static void assertSuperseded(Asked asked) {
        assertThat(end(asked.next()).outcome()).isEqualTo(RequestAnswer.Outcome.SUPERSEDED);
    }

    static End assertDone(Asked asked) {
        RequestStep step = asked.next();
        assertThat(step).isInstanceOf(Finish.class);
        assertThat(end(step).outcome()).isEqualTo(RequestAnswer.Outcome.DONE);
        return end(step);
    }

    @ParameterizedTest
    @EnumSource(RequestKind.class)
    void oneThatIsOverIsLeft(RequestKind kind) {
        Asked asked = Asked.whereOlderServes(kind);
        asked.record = asked.record.finished(End.done("It is done."));

        assertThat(asked.next()).isInstanceOf(Leave.class);
    }

    @ParameterizedTest
    @EnumSource(
            value = RequestKind.class,
            names = {"ROLLBACK", "HOLD", "RELEASE"})
    void whatIsAboutAServiceNeedsOne(RequestKind kind) {
        assertRefused(Asked.whereNothingIs(kind), Refusal.NO_SUCH_SERVICE);
    }

    @ParameterizedTest
    @EnumSource(
            value = RequestKind.class,
            names = {"ROLLBACK", "HOLD", "RELEASE", "UNDEPLOY"})
    void aForeignServiceIsLeftAlone(RequestKind kind) {
        Asked asked = Asked.whereOlderServes(kind);

        asked.around.installation = "theirs";
        assertRefused(asked, Refusal.SERVICE_FOREIGN);
        asked.around.installation = null;
        assertRefused(asked, Refusal.SERVICE_FOREIGN);
    }

    @ParameterizedTest
    @CsvSource({
        "ROLLBACK, 4, ", "HOLD, 4, ", "RELEASE, 4, ",
        "ROLLBACK, 3, FAILED", "HOLD, 3, CANCELLED", "RELEASE, 3, FAILED"
    })
    void aGhostIsDeletedBeforeAnythingElse(RequestKind kind, long absent, Outcome ended) {
        Asked asked = Asked.whereOlderServes(kind);
        asked.around.absent = Situation.order(absent);
        asked.around.fenceOutcome = Optional.ofNullable(ended);

        assertThat(asked.next()).isInstanceOf(Delete.class);
    }

    @ParameterizedTest
    @EnumSource(
            value = RequestKind.class,
            names = {"ROLLBACK", "HOLD", "RELEASE", "UNDEPLOY"})
    void aServiceThatIsBeingDeletedIsAwaited(RequestKind kind) {
        Asked asked = Asked.whereOlderServes(kind);
        asked.around.deleting = true;
        asked.around.absent = kind == RequestKind.UNDEPLOY ? Asked.MINE : null;

        assertThat(asked.next()).isInstanceOf(Await.class);
    }

    @ParameterizedTest
    @CsvSource({"ROLLBACK, true", "HOLD, true", "RELEASE, true", "UNDEPLOY, false"})
    void awaitingHasAnEndButForAnUndeploy(RequestKind kind, boolean ends) {
        Asked asked = Asked.whereOlderServes(kind);
        asked.around.deleting = true;
        asked.around.absent = kind == RequestKind.UNDEPLOY ? Asked.MINE : null;

        asked.now = asked.now.plus(Duration.ofMinutes(15)).minusMillis(1);
        assertThat(asked.next()).isInstanceOf(Await.class);

        asked.now = asked.now.plusMillis(1);
        if (ends) {
            assertRefused(asked, Refusal.TIMED_OUT);
        } else {
            assertThat(asked.next()).isInstanceOf(Await.class);
        }
    }

    @Nested
    class Holding {
        private final Asked hold = Asked.whereOlderServes(RequestKind.HOLD);
        private final Asked release = Asked.whereOlderServes(RequestKind.RELEASE);

        private Held written(Asked asked) {
            if (asked.next() instanceof Mark(Marks marks)) {
                return Objects.requireNonNull(marks.held());
            }
            throw new AssertionError("nothing marked but " + asked.next());
        }

        @Test
        void isWrittenWithItsOrderAndNothingElseChanges() {
            Marks before = hold.around.service().marks();

            assertThat(hold.next()).isEqualTo(new Mark(before.holding(new Held(true, Asked.MINE))));
            assertThat(release.next())
                    .isEqualTo(new Mark(before.holding(new Held(false, Asked.MINE))));
        }

        @Test
        void isDoneOnceItStands() {
            hold.around.held = new Held(true, Asked.MINE);
            assertDone(hold);

            release.around.held = new Held(false, Asked.MINE);
            assertDone(release);
        }

        @Test
        void growsOverWhatIsOlder() {
            hold.around.held = new Held(false, Situation.order(4));
            assertThat(written(hold)).isEqualTo(new Held(true, Asked.MINE));

            release.around.held = new Held(true, Situation.order(4));
            assertThat(written(release)).isEqualTo(new Held(false, Asked.MINE));
        }

        @Test
        void neverOverwritesWhatIsNewer() {
            for (boolean on : new boolean[] {false, true}) {
                hold.around.held = new Held(on, Situation.order(6));
                assertSuperseded(hold);
                release.around.held = new Held(on, Situation.order(6));
                assertSuperseded(release);
            }
        }

        @Test
        void needsSomethingLive() {
            hold.around.serving = null;
            assertRefused(hold, Refusal.NOTHING_LIVE);

            release.around.serving = null;
            assertRefused(release, Refusal.NOTHING_LIVE);
            release.around.held = new Held(true, Situation.order(4));
            assertThat(written(release).on()).isFalse();
        }

        @Test
        void isOverOnceTheServiceWasTakenAway() {
            hold.around.fence = Situation.order(7);
            hold.around.absent = Situation.order(6);
            assertSuperseded(hold);

            hold.around.absent = Situation.order(4);
            assertThat(written(hold).on()).isTrue();
        }

        @Test
        void goesThroughWhileARolloutLagsAndUnderANewerFence() {
            hold.around.progress = ServiceSeen.Progress.SETTLING;
            hold.around.fence = Situation.order(6);

            assertThat(written(hold).on()).isTrue();
        }
    }

    @Nested
    class Undeploying {
        private final Asked undeploy = Asked.whereOlderServes(RequestKind.UNDEPLOY);
        private final TriggerSeen trigger =
                new TriggerSeen("inst-hello-1", "europe-west1", Situation.HELLO, null, null);

        @Test
        void saysThatNothingStandsBeforeItDeletes() {
            assertThat(undeploy.next()).isEqualTo(new RaiseAbsent());
            undeploy.around.absent = Situation.order(4);
            assertThat(undeploy.next()).isEqualTo(new RaiseAbsent());

            undeploy.around.absent = Asked.MINE;
            assertThat(undeploy.next()).isInstanceOf(Delete.class);
            undeploy.around.absent = Situation.order(6);
            assertThat(undeploy.next()).isInstanceOf(Delete.class);
        }

        @Test
        void passesAHoldAndALaggingRollout() {
            undeploy.around.absent = Asked.MINE;
            undeploy.around.held = new Held(true, Situation.order(4));
            undeploy.around.progress = ServiceSeen.Progress.SETTLING;

            assertThat(undeploy.next()).isInstanceOf(Delete.class);
        }

        @Test
        void leavesWhatIsNewer() {
            undeploy.around.absent = Asked.MINE;
            undeploy.around.fence = Situation.order(6);

            assertSuperseded(undeploy);
        }

        @Test
        void isDoneWhereOnlySomethingNewerIsThere() {
            undeploy.around.absent = Asked.MINE;
            undeploy.around.fence = Situation.order(6);
            undeploy.around.revisions.clear();
            undeploy.around.revisions.add(
                    Situation.revision("hello-new", RevisionSeen.State.READY, 6, "newer"));
            undeploy.triggers = List.of(trigger);

            End end = end(undeploy.next());
            assertThat(end.outcome()).isEqualTo(RequestAnswer.Outcome.DONE);
            assertThat(end.message()).contains("newer was deployed");
        }

        @Test
        void takesTheTriggersAwayOnceTheServiceIsGone() {
            undeploy.around.absent = Asked.MINE;
            undeploy.triggers = List.of(trigger);
            assertThat(undeploy.next()).isInstanceOf(Delete.class);

            undeploy.around.present = false;
            assertThat(undeploy.next())
                    .isEqualTo(new Trigger(new DeployStep.DeleteTrigger(trigger)));

            undeploy.triggers = List.of();
            assertDone(undeploy);
        }

        @Test
        void refusesWhatNobodyEverDeployed() {
            undeploy.around.present = false;
            undeploy.around.newest = null;
            assertRefused(undeploy, Refusal.NO_SUCH_SERVICE);

            undeploy.triggers = List.of(trigger);
            assertThat(undeploy.next()).isEqualTo(new RaiseAbsent());
        }

        @Test
        void aDryRunOnlyTells() {
            Asked dry = Asked.whereOlderServes(Request.undeploy(true));
            dry.triggers = List.of(trigger);

            assertThat(assertDone(dry).wouldDelete())
                    .containsExactly(
                            "service europe-west1/hello with 1 revisions", "trigger inst-hello-1");
        }
    }
}
