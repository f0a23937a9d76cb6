package dev.slipway.deploy.decide;

import static org.assertj.core.api.Assertions.assertThat;

import dev.slipway.contracts.manifest.Access;
import dev.slipway.deploy.decide.DeployStep.Deploy;
import dev.slipway.deploy.decide.DeployStep.Route;
import dev.slipway.deploy.decide.RevisionSeen.State;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** A service that somebody else made, taken over by a deployment of order 5. */
class AdoptionTest {
    /** Theirs serves; it is no revision of ours, so nobody knows a manifest of it. */
    private static Situation theirs(Access standing) {
        Situation situation = new Situation();
        situation.rules =
                new Rules(
                        Situation.INSTALLATION,
                        true,
                        true,
                        situation.rules.deadline(),
                        "inst-events-dead");
        situation.installation = null;
        situation.fallbackKnown = false;
        situation.standingAccess = standing;
        situation.access = standing == Access.PUBLIC ? Access.PRIVATE : Access.PUBLIC;
        situation.revisions.add(
                new RevisionSeen(Situation.OLD_REVISION, State.READY, null, null, null));
        return situation;
    }

    /** Mine was written to it and did not start. */
    private static Situation mineFailed(Access before) {
        Situation situation = theirs(before);
        situation.installation = Situation.INSTALLATION;
        situation.fence = Situation.MINE;
        situation.live = Situation.OLD_REVISION;
        situation.accessBefore = before;
        situation.standingAccess = situation.access;
        situation.revisions.add(Situation.mine(State.FAILED));
        situation.record = Situation.CLOSING;
        return situation;
    }

    private static @Nullable Access remembered(Situation situation) {
        DeployStep step = situation.next();
        assertThat(step).isInstanceOf(Deploy.class);
        return ((Deploy) step).marks().accessBefore();
    }

    @ParameterizedTest
    @EnumSource
    void theFirstWriteRemembersWhoMightCall(Access standing) {
        assertThat(remembered(theirs(standing))).isEqualTo(standing);
    }

    @ParameterizedTest
    @EnumSource
    void theClosingWriteGivesThatBack(Access before) {
        assertThat(mineFailed(before).next())
                .isEqualTo(
                        new Route(
                                new Marks(
                                        Situation.MINE,
                                        Situation.MINE,
                                        Situation.OLD_REVISION,
                                        null,
                                        Situation.INSTALLATION,
                                        before),
                                Situation.OLD_REVISION,
                                Optional.of(before)));
    }

    @Test
    void aNewerOneDoesNotTakeAnAccessForTheirsThatAnOpenOneHasWritten() {
        Situation situation = mineFailed(Access.PRIVATE);
        situation.fence = Situation.order(3);
        situation.revisions.removeLast();
        situation.record = Situation.DEPLOYING;

        assertThat(remembered(situation)).isEqualTo(Access.PRIVATE);
    }

    @Test
    void whatPeopleSetAfterAFailureIsWhatCountsTheNextTime() {
        Situation situation = mineFailed(Access.PRIVATE);
        situation.fence = Situation.order(3);
        situation.closed = Situation.order(3);
        situation.revisions.removeLast();
        situation.standingAccess = Access.PUBLIC;
        situation.record = Situation.DEPLOYING;

        assertThat(remembered(situation)).isEqualTo(Access.PUBLIC);
    }

    @Test
    void onceOneOfOursIsLiveNothingOfTheirsIsRemembered() {
        Situation situation = Situation.olderServes();
        situation.accessBefore = Access.PRIVATE;

        assertThat(remembered(situation)).isNull();
    }

    @Test
    void aServiceOfOursRemembersNothing() {
        assertThat(remembered(Situation.olderServes())).isNull();
    }

    @Test
    void standsInAnAnnotation() {
        Marks marks = Marks.NONE.after(Access.PUBLIC);

        assertThat(marks.on(Map.of())).isEqualTo(Map.of("slipway.dev/access-before", "PUBLIC"));
        assertThat(Marks.of(marks.on(Map.of()))).isEqualTo(marks);
    }
}
