package dev.slipway.deploy.decide;

import static dev.slipway.deploy.decide.GivenTriggers.ORDERS;
import static dev.slipway.deploy.decide.GivenTriggers.PHOTOS;
import static dev.slipway.deploy.decide.GivenTriggers.live;
import static dev.slipway.deploy.decide.GivenTriggers.ready;
import static org.assertj.core.api.Assertions.assertThat;

import dev.slipway.contracts.Reason;
import dev.slipway.contracts.Verdict;
import dev.slipway.contracts.manifest.Access;
import dev.slipway.deploy.decide.DeployStep.Delete;
import dev.slipway.deploy.decide.DeployStep.DeleteTrigger;
import dev.slipway.deploy.decide.DeployStep.End;
import dev.slipway.deploy.decide.DeployStep.RaiseAbsent;
import dev.slipway.deploy.decide.DeployStep.Route;
import dev.slipway.deploy.decide.RevisionSeen.State;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;

class RefusedTriggerTest {
    private static final Verdict REFUSED = Verdict.of(Reason.TRIGGER_REFUSED, "no");

    private final Situation situation = live(ORDERS);

    RefusedTriggerTest() {
        situation.record = Situation.DEPLOYING.closing(REFUSED);
    }

    @Test
    void givesTheTrafficBackToWhatWasLive() {
        assertThat(situation.next())
                .isInstanceOfSatisfying(
                        Route.class,
                        route -> {
                            assertThat(route.revision()).isEqualTo(Situation.OLD_REVISION);
                            assertThat(route.marks().closed()).isEqualTo(Situation.MINE);
                            assertThat(route.marks().live()).isEqualTo(Situation.OLD_REVISION);
                            assertThat(route.access()).contains(Access.PRIVATE);
                        });
    }

    @Test
    void leavesNothingWhereNothingWasLive() {
        Situation first = Situation.firstWritten(State.READY);
        first.events = List.of(ORDERS);
        first.record = Situation.DEPLOYING.closing(REFUSED);

        assertThat(first.next()).isEqualTo(new RaiseAbsent());
        first.absent = Situation.MINE;
        assertThat(first.next()).isInstanceOf(Delete.class);

        first.present = false;
        TriggerSeen mine = ready(first.wanted().getFirst());
        first.standing = List.of(mine);
        assertThat(first.next()).isEqualTo(new DeleteTrigger(mine));
        first.standing = List.of();
        first.assertEnds(Reason.TRIGGER_REFUSED);
    }

    @Test
    void isSaidOnceOnlyTheTriggersOfBeforeStand() {
        situation.before = List.of(PHOTOS);
        situation.closed = Situation.MINE;
        situation.serving = Situation.OLD_REVISION;
        situation.wanted = Situation.OLD_REVISION;
        TriggerSeen mine = ready(situation.wanted().getFirst());
        TriggerSeen before = ready(situation.wantedBefore().getFirst());
        situation.standing = List.of(before, mine);

        assertThat(situation.next()).isEqualTo(new DeleteTrigger(mine));
        situation.standing = List.of(before);
        situation.assertEnds(Reason.TRIGGER_REFUSED);
    }

    @Test
    void isSaidThoughItsTriggersCannotBeTakenAway() {
        situation.closed = Situation.MINE;
        situation.serving = Situation.OLD_REVISION;
        situation.wanted = Situation.OLD_REVISION;
        situation.standing = List.of(ready(situation.wanted().getFirst()));
        situation.now = Situation.SINCE.plus(Duration.ofMinutes(30));

        situation.assertEnds(Reason.TRIGGER_REFUSED);
    }

    /** Another handler of it may have seen the trigger before it was ready. */
    @Test
    void givesTheTrafficBackThoughItBecameReadyAfterAll() {
        situation.standing = List.of(ready(situation.wanted().getFirst()));

        assertThat(situation.next()).isInstanceOf(Route.class);
    }

    @Test
    void isLiveWhereANewerOneWentBackToIt() {
        situation.fence = Situation.order(7);
        assertThat(situation.next())
                .isInstanceOfSatisfying(
                        End.class,
                        end -> {
                            assertThat(end.verdict().reason()).isEqualTo(Reason.DEPLOYED);
                            assertThat(end.verdict().message())
                                    .contains("Not all of its triggers are ready", "no");
                            assertThat(end.url()).isEqualTo("http://hello");
                        });

        situation.standing = List.of(ready(situation.wanted().getFirst()));
        situation.assertEnds(Reason.DEPLOYED);
    }

    @Test
    void isSupersededWhereANewerOneServes() {
        situation.fence = Situation.order(7);
        situation.revisions.add(Situation.revision("hello-new", State.READY, 7, "newer"));
        situation.wanted = "hello-new";
        situation.serving = "hello-new";

        situation.assertEnds(Reason.NEWER_DEPLOYMENT);
    }
}
