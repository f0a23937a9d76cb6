package dev.slipway.deploy.decide;

import static org.assertj.core.api.Assertions.assertThat;

import dev.slipway.contracts.Request;
import dev.slipway.contracts.RequestAnswer.Refusal;
import dev.slipway.contracts.manifest.Access;
import dev.slipway.contracts.manifest.Manifest;
import dev.slipway.deploy.Given;
import dev.slipway.deploy.decide.RequestStep.Await;
import dev.slipway.deploy.decide.RequestStep.Choose;
import dev.slipway.deploy.decide.RequestStep.Finish;
import dev.slipway.deploy.decide.RequestStep.Route;
import dev.slipway.deploy.decide.RequestStep.Trigger;
import dev.slipway.deploy.decide.RevisionSeen.State;
import dev.slipway.deploy.decide.ServiceSeen.Progress;
import dev.slipway.ledger.RequestRecord.End;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** Where a rollback goes, and how it gets there. */
class RollingBackTest {
    private static final String OLDEST = "hello-oldest";
    private static final String BROKEN = "hello-broken";

    /** Live is order 3; before it were live 1, and 2 never; 4 was live and rolled back from. */
    private static Asked rollback(@Nullable String revision) {
        Asked asked = Asked.whereOlderServes(Request.rollback(revision));
        asked.around.fence = Situation.order(4);
        asked.around.live = Situation.OLD_REVISION;
        asked.around.revisions.addAll(
                List.of(
                        Situation.revision(OLDEST, State.READY, 1, "oldest"),
                        Situation.revision(BROKEN, State.READY, 2, "broken"),
                        Situation.revision("hello-newer", State.READY, 4, "newer")));
        asked.saidLive = Set.of(OLDEST, Situation.OLD_REVISION, "hello-newer");
        return asked;
    }

    private static Asked acting() {
        Asked asked = rollback(null);
        asked.record = asked.record.acting(OLDEST);
        asked.target = Optional.of(Given.manifest("hello", Access.PUBLIC));
        return asked;
    }

    /** The one write is there. */
    private static Asked written() {
        Asked asked = acting();
        asked.around.fence = Asked.MINE;
        asked.around.live = OLDEST;
        asked.around.wanted = OLDEST;
        return asked;
    }

    private static Asked served() {
        Asked asked = written();
        asked.around.serving = OLDEST;
        return asked;
    }

    @Test
    void goesToTheNewestThatWasLiveBeforeWhatIsLive() {
        assertThat(rollback(null).next()).isEqualTo(new Choose(OLDEST));
    }

    @Test
    void goesToAnyThatWasLiveWhereItIsNamed() {
        assertThat(rollback("hello-newer").next()).isEqualTo(new Choose("hello-newer"));
        assertThat(rollback(Situation.OLD_REVISION).next())
                .isEqualTo(new Choose(Situation.OLD_REVISION));
    }

    @Test
    void refusesWhatWasNeverLiveAndSaysWhatWas() {
        for (String revision : List.of(BROKEN, "hello-nowhere")) {
            Asked asked = rollback(revision);
            RequestDecisionTest.assertRefused(asked, Refusal.NO_SUCH_REVISION);
            assertThat(asked.next())
                    .isInstanceOfSatisfying(
                            Finish.class,
                            finish ->
                                    assertThat(finish.end().message())
                                            .contains(revision, OLDEST, "hello-newer"));
        }
    }

    @Test
    void refusesWhatWasLiveButIsNotReadyAnyMore() {
        Asked asked = rollback(BROKEN);
        asked.around.revisions.replaceAll(
                revision ->
                        revision.name().equals(BROKEN)
                                ? Situation.revision(BROKEN, State.FAILED, 2, "broken")
                                : revision);
        asked.saidLive = Set.of(BROKEN);

        RequestDecisionTest.assertRefused(asked, Refusal.NO_SUCH_REVISION);
    }

    @Test
    void isRefusedWhereNothingWasLiveBefore() {
        Asked asked = rollback(null);
        asked.saidLive = Set.of(Situation.OLD_REVISION, "hello-newer");

        RequestDecisionTest.assertRefused(asked, Refusal.NEVER_LIVE);
    }

    @Test
    void isOneWriteThatRaisesTheFenceAndSettlesWhatIsLive() {
        Asked asked = acting();

        assertThat(asked.next())
                .isEqualTo(
                        new Route(
                                new Marks(Asked.MINE, null, OLDEST, null, Situation.INSTALLATION),
                                OLDEST,
                                Optional.of(Access.PUBLIC)));
    }

    @Test
    void leavesTheAccessWhereTheManifestIsNotKnown() {
        Asked asked = acting();
        asked.target = Optional.empty();

        assertThat(asked.next())
                .isInstanceOfSatisfying(Route.class, route -> assertThat(route.access()).isEmpty());
    }

    @Test
    void passesALaggingRolloutAndAHold() {
        Asked asked = acting();
        asked.around.progress = Progress.SETTLING;
        asked.around.held = new Held(true, Situation.order(4));

        assertThat(asked.next())
                .isInstanceOfSatisfying(
                        Route.class,
                        route ->
                                assertThat(route.marks().held())
                                        .isEqualTo(new Held(true, Situation.order(4))));
    }

    @Test
    void isSupersededByAnythingNewer() {
        for (Asked asked : List.of(rollback(null), acting())) {
            asked.around.fence = Situation.order(6);

            RequestDecisionTest.assertSuperseded(asked);
        }
    }

    @Test
    void isDoneWhereSomethingNewerWentBackToItsTarget() {
        Asked asked = served();
        asked.around.fence = Situation.order(6);
        asked.around.closed = Situation.order(6);

        assertThat(RequestDecisionTest.assertDone(asked).message())
                .isEqualTo("The revision " + OLDEST + " serves all requests.");
    }

    @Test
    void isDoneWhereSomethingNewerTookItsPlace() {
        Asked asked = written();
        asked.around.fence = Situation.order(6);
        asked.around.wanted = "hello-newest";
        asked.around.serving = "hello-newest";
        asked.around.revisions.add(Situation.revision("hello-newest", State.READY, 6, "newest"));

        assertThat(RequestDecisionTest.assertDone(asked).message())
                .contains(OLDEST, "until something newer did");
    }

    @Test
    void writesAgainWhatSomebodyTurnedAway() {
        Asked asked = served();
        asked.around.wanted = Situation.OLD_REVISION;

        assertThat(asked.next()).isInstanceOf(Route.class);
    }

    @Test
    void awaitsTheTraffic() {
        assertThat(written().next()).isInstanceOf(Await.class);

        Asked lagging = served();
        lagging.around.progress = Progress.SETTLING;
        assertThat(lagging.next()).isInstanceOf(Await.class);
    }

    @Test
    void isDoneOnceItServesEverything() {
        End end = RequestDecisionTest.assertDone(served());

        assertThat(end.message()).contains(OLDEST);
        assertThat(end.url()).isEqualTo("http://hello");
    }

    @Test
    void makesTheTriggersOfItsTargetFirstAndThenTakesTheOthersAway() {
        Manifest events = Given.manifest("hello", List.of(Given.onTopic(null)));
        TriggerPlan plan =
                TriggerPlan.of(Situation.INSTALLATION, Situation.HELLO, events).getFirst();
        TriggerSeen other =
                new TriggerSeen("inst-hello-other", "europe-west1", Situation.HELLO, null, null);
        Asked asked = served();
        asked.target = Optional.of(events);
        asked.triggers = List.of(other);

        assertThat(asked.next()).isEqualTo(new Trigger(new DeployStep.CreateTrigger(plan)));

        TriggerSeen starting =
                new TriggerSeen(plan.id(), "europe-west1", Situation.HELLO, null, null);
        asked.triggers = List.of(other, starting);
        assertThat(asked.next()).isInstanceOf(Await.class);

        TriggerSeen ready =
                new TriggerSeen(plan.id(), "europe-west1", Situation.HELLO, null, plan.delivery());
        asked.triggers = List.of(other, ready);
        assertThat(asked.next()).isEqualTo(new Trigger(new DeployStep.DeleteTrigger(other)));

        asked.triggers = List.of(ready);
        RequestDecisionTest.assertDone(asked);
    }
}
