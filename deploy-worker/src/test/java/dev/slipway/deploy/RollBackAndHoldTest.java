package dev.slipway.deploy;

import static org.assertj.core.api.Assertions.assertThat;

import dev.slipway.contracts.DeploymentId;
import dev.slipway.contracts.ObjectVersion;
import dev.slipway.contracts.Outcome;
import dev.slipway.contracts.Request;
import dev.slipway.contracts.RequestAnswer;
import dev.slipway.contracts.RequestAnswer.Refusal;
import dev.slipway.deploy.decide.Held;
import dev.slipway.deploy.decide.Marks;
import dev.slipway.deploy.decide.RevisionSeen.Failure;
import dev.slipway.kit.FailureKind;
import dev.slipway.ledger.Order;
import dev.slipway.ledger.Waiting;
import java.time.Duration;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Rolling back, holding and releasing a service around deployments. */
class RollBackAndHoldTest {
    private final Bench bench = new Bench();
    private final Asker asker = new Asker(bench);
    private final DeploymentId first = deployed();
    private final DeploymentId second = deployed();

    private DeploymentId deployed() {
        DeploymentId hello = bench.built();
        bench.deploy(hello);
        return hello;
    }

    private Optional<String> serving() {
        return bench.services.serving(Bench.HELLO);
    }

    private Marks marks() {
        return Marks.of(bench.services.annotations(Bench.HELLO));
    }

    private Waiting.Cause waitsFor(DeploymentId deployment) {
        return Objects.requireNonNull(bench.record(deployment).waiting()).cause();
    }

    @Test
    void aRollbackGivesTheTrafficBackToWhatWasLiveBefore() {
        ObjectVersion rollback = asker.ask(Request.rollback(null));

        asker.assertDone(rollback);
        RequestAnswer answer = asker.answer(rollback);
        assertThat(answer.revision()).isEqualTo(bench.revision(first));
        assertThat(answer.url()).isEqualTo("http://hello.local");
        assertThat(serving()).contains(bench.revision(first));
        assertThat(marks().live()).isEqualTo(bench.revision(first));
        assertThat(marks().order()).isEqualTo(asker.record(rollback).order());
        assertThat(bench.ledger.marker(DeploymentId.of(rollback))).isEmpty();
    }

    @Test
    void aRollbackGoesToTheRevisionThatIsNamed() {
        DeploymentId third = deployed();

        asker.assertDone(asker.ask(Request.rollback(bench.revision(first))));
        assertThat(serving()).contains(bench.revision(first));

        asker.assertDone(asker.ask(Request.rollback(bench.revision(third))));
        assertThat(serving()).contains(bench.revision(third));
    }

    @Test
    void ofManyRevisionsTheNewestAndTheNamedOneAreKnown() {
        for (int more = 0; more < 60; more++) {
            deployed();
        }
        DeploymentId before = deployed();
        deployed();

        asker.assertDone(asker.ask(Request.rollback(null)));
        assertThat(serving()).contains(bench.revision(before));

        asker.assertDone(asker.ask(Request.rollback(bench.revision(first))));
        assertThat(serving()).contains(bench.revision(first));
    }

    @Test
    void aRollbackToWhatWasNeverLiveIsRefusedWithWhatIsAllowed() {
        DeploymentId broken = bench.builtFailing(Failure.Cause.CONTAINER);
        bench.deploy(broken);

        ObjectVersion rollback = asker.ask(Request.rollback(bench.revision(broken)));

        asker.assertRefused(rollback, Refusal.NO_SUCH_REVISION);
        assertThat(asker.answer(rollback).message())
                .contains(bench.revision(first), bench.revision(second));
        assertThat(serving()).contains(bench.revision(second));
    }

    @Test
    void aRollbackBringsTheTriggersOfItsTargetBack() {
        DeploymentId events = bench.built("events", List.of(Given.onTopic(null)));
        bench.deploy(events);
        var standing = bench.triggers.of(Bench.HELLO);
        deployed();
        assertThat(bench.triggers.of(Bench.HELLO)).isEmpty();

        asker.assertDone(asker.ask(Request.rollback(bench.revision(events))));

        assertThat(bench.triggers.of(Bench.HELLO))
                .extracting(trigger -> trigger.id())
                .containsExactlyElementsOf(standing.stream().map(trigger -> trigger.id()).toList());
    }

    /** How far the newer deployment is when the rollback comes. */
    enum Newer {
        DROPPED,
        BUILT,
        DEPLOYING,
        WRITTEN
    }

    private DeploymentId newer(Newer state) {
        DeploymentId third = bench.built();
        switch (state) {
            case DROPPED, BUILT -> {}
            case DEPLOYING -> bench.begin(third);
            case WRITTEN -> {
                bench.services.settleAfter(200);
                bench.deploy(third);
                assertThat(bench.services.revisions(Bench.HELLO)).contains(bench.revision(third));
                bench.services.settleAfter(2);
            }
        }
        return third;
    }

    @ParameterizedTest
    @EnumSource(Newer.class)
    void whatWasAskedForBeforeTheRollbackNeverComesBack(Newer state) {
        Order dropped = bench.dropped();
        DeploymentId third = state == Newer.DROPPED ? null : newer(state);

        ObjectVersion rollback = asker.ask(Request.rollback(bench.revision(first)));
        DeploymentId overtaken = third == null ? bench.builtLate(dropped) : third;
        bench.deploy(overtaken);
        bench.sweepAfter(overtaken, Duration.ofMinutes(1));

        asker.assertDone(rollback);
        assertThat(bench.outcomes(overtaken)).containsExactly(Outcome.SUPERSEDED);
        assertThat(serving()).contains(bench.revision(first));
        assertThat(marks().live()).isEqualTo(bench.revision(first));
    }

    @Test
    void whatIsDroppedAfterTheRollbackGoesLive() {
        asker.ask(Request.rollback(null));

        DeploymentId third = deployed();

        assertThat(bench.outcomes(third)).containsExactly(Outcome.LIVE);
        assertThat(serving()).contains(bench.revision(third));
    }

    @Test
    void whatFailsAfterTheRollbackFallsBackToItsTarget() {
        asker.ask(Request.rollback(null));

        bench.deploy(bench.builtFailing(Failure.Cause.CONTAINER));

        assertThat(serving()).contains(bench.revision(first));
    }

    @Test
    void aRollbackThatANewerDeploymentOvertookIsSuperseded() {
        ObjectVersion rollback = asker.write(Request.rollback(null));
        DeploymentId third = deployed();

        asker.tell(rollback);

        assertThat(asker.answer(rollback).outcome()).isEqualTo(RequestAnswer.Outcome.SUPERSEDED);
        assertThat(serving()).contains(bench.revision(third));
    }

    @Test
    void aHeldServiceLetsDeploymentsWaitUntilItIsReleased() {
        asker.assertDone(asker.ask(Request.hold()));
        DeploymentId third = bench.built();
        bench.deploy(third);
        bench.sweepAfter(third, Duration.ofHours(2));
        assertThat(waitsFor(third)).isEqualTo(Waiting.Cause.HOLD);
        assertThat(serving()).contains(bench.revision(second));

        ObjectVersion release = asker.ask(Request.release());

        asker.assertDone(release);
        assertThat(bench.outcomes(third)).containsExactly(Outcome.LIVE);
        assertThat(serving()).contains(bench.revision(third));
    }

    @Test
    void theDeadlineStandsStillWhileAServiceIsHeld() {
        DeploymentId third = bench.built();
        bench.begin(third);
        asker.ask(Request.hold());
        bench.deploy(third);
        bench.sweepAfter(third, Duration.ofHours(2));
        release(Order.of(new ObjectVersion("ledger", "r", 1), bench.now.toEpochMilli()));
        bench.services.refuse(FailureKind.TRANSIENT, 6);

        bench.sweepAfter(third, Duration.ofMinutes(1));
        assertThat(waitsFor(third)).isEqualTo(Waiting.Cause.PLATFORM);

        bench.sweepAfter(third, Duration.ofMinutes(1));
        assertThat(bench.outcomes(third)).containsExactly(Outcome.LIVE);
    }

    /** As somebody else's worker does, who does not carry the deployment on. */
    private void release(Order by) {
        Marks held = marks();
        bench.services.annotate(
                Bench.HELLO,
                new Marks(
                                held.order(),
                                held.closed(),
                                held.live(),
                                new Held(false, by),
                                held.installation())
                        .on(bench.services.annotations(Bench.HELLO)));
    }

    @Test
    void aPlatformThatCannotBeAskedForAWhileEndsNobodyWhoIsHeld() {
        DeploymentId third = bench.built();
        bench.begin(third);
        asker.ask(Request.hold());
        bench.deploy(third);
        bench.services.makeUnreadable(FailureKind.TRANSIENT);
        bench.sweepAfter(third, Duration.ofHours(2));
        bench.sweepAfter(third, Duration.ofMinutes(1));
        bench.services.makeUnreadable(null);

        asker.ask(Request.release());

        assertThat(bench.outcomes(third)).containsExactly(Outcome.LIVE);
    }

    @Test
    void triggersThatCanNeverBeReadEndADeploymentOnlyOnceItIsReleased() {
        DeploymentId third = bench.built("events", List.of(Given.onTopic(null)));
        bench.triggers.makeUnreadable(FailureKind.DENIED);
        bench.deploy(third);
        asker.ask(Request.hold());
        bench.sweepAfter(third, Duration.ofHours(2));
        assertThat(bench.record(third).isDone()).isFalse();

        asker.ask(Request.release());
        bench.sweepAfter(third, Duration.ofMinutes(14));
        assertThat(bench.record(third).closing()).isNull();
        bench.sweepAfter(third, Duration.ofMinutes(2));
        bench.sweepAfter(third, Duration.ofMinutes(16));

        assertThat(bench.outcomes(third)).containsExactly(Outcome.FAILED);
        assertThat(serving()).contains(bench.revision(second));
    }

    @Test
    void aRollbackPassesAHoldAndLeavesItStanding() {
        ObjectVersion hold = asker.ask(Request.hold());

        asker.assertDone(asker.ask(Request.rollback(null)));

        assertThat(serving()).contains(bench.revision(first));
        assertThat(Objects.requireNonNull(marks().held()).on()).isTrue();
        assertThat(Objects.requireNonNull(marks().held()).order())
                .isEqualTo(asker.record(hold).order());
    }

    @Test
    void anUndeployPassesAHoldAndEndsIt() {
        asker.ask(Request.hold());
        asker.assertDone(asker.ask(Request.undeploy(false)));

        DeploymentId third = deployed();

        assertThat(bench.outcomes(third)).containsExactly(Outcome.LIVE);
        assertThat(marks().held()).isNull();
    }

    @Test
    void anOlderHoldThatComesAfterItsReleaseHoldsNothing() {
        ObjectVersion hold = asker.write(Request.hold());
        asker.assertDone(asker.ask(Request.release()));

        asker.tell(hold);

        assertThat(asker.answer(hold).outcome()).isEqualTo(RequestAnswer.Outcome.SUPERSEDED);
        assertThat(Objects.requireNonNull(marks().held()).on()).isFalse();
    }
}
