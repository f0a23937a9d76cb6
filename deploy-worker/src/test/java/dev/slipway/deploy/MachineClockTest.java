package dev.slipway.deploy;

import static org.assertj.core.api.Assertions.assertThat;

import dev.slipway.contracts.DeploymentId;
import dev.slipway.contracts.ObjectVersion;
import dev.slipway.contracts.Outcome;
import dev.slipway.contracts.Reason;
import dev.slipway.contracts.Request;
import dev.slipway.contracts.manifest.Trigger;
import dev.slipway.kit.FailureKind;
import dev.slipway.kit.MachineClocks;
import dev.slipway.ledger.Stage;
import dev.slipway.ledger.Waiting;
import java.time.Duration;
import java.util.List;
import java.util.Objects;
import java.util.function.Consumer;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/**
 * What the machines' own clocks say changes nothing, down to the last byte that is written: ages
 * are storage's, orders too.
 */
class MachineClockTest {
    private static final Trigger ORDERS = Given.onTopic("orders");

    private static List<String> story(MachineClocks clocks, Consumer<TwoWorkers> scene) {
        TwoWorkers workers = new TwoWorkers(clocks);
        workers.bench.triggers.addTopic("orders");
        scene.accept(workers);
        return workers.story();
    }

    private static void assertSame(MachineClocks clocks, Consumer<TwoWorkers> scene) {
        assertThat(story(clocks, scene)).isEqualTo(story(MachineClocks.EQUAL, scene));
    }

    private static DeploymentId live(TwoWorkers workers, Trigger... triggers) {
        DeploymentId deployment = workers.bench.built("live", List.of(triggers));
        workers.deploy(workers.first, deployment);
        assertThat(workers.bench.outcomes(deployment)).containsExactly(Outcome.LIVE);
        return deployment;
    }

    private static Reason reason(TwoWorkers workers, DeploymentId deployment) {
        return workers.record(deployment).requireVerdict().reason();
    }

    @ParameterizedTest
    @EnumSource
    void whatDoesNotGetReadyEndsAtItsDeadline(MachineClocks clocks) {
        assertSame(
                clocks,
                workers -> {
                    live(workers);
                    workers.bench.triggers.settleAfter(Integer.MAX_VALUE);
                    DeploymentId second = workers.bench.built("second", List.of(ORDERS));
                    workers.deploy(workers.second, second);

                    workers.sweep(Duration.ofMinutes(14));
                    assertThat(workers.record(second).isDone()).isFalse();

                    workers.sweep(Duration.ofMinutes(2));
                    assertThat(reason(workers, second)).isEqualTo(Reason.DEPLOY_TIMED_OUT);
                });
    }

    @ParameterizedTest
    @EnumSource
    void whoDiedInTheMiddleIsTakenOverAfterAMinute(MachineClocks clocks) {
        assertSame(
                clocks,
                workers -> {
                    workers.sweep(TwoWorkers.SET_AFTER.minusSeconds(30));
                    DeploymentId hello = workers.bench.built();
                    workers.bench.begin(hello);

                    workers.sweep(Duration.ofSeconds(30));
                    assertThat(workers.record(hello).stage()).isEqualTo(Stage.DEPLOYING);

                    workers.sweep(Duration.ofSeconds(30));
                    assertThat(workers.bench.outcomes(hello)).containsExactly(Outcome.LIVE);
                });
    }

    @ParameterizedTest
    @EnumSource
    void aMissingPermissionIsWaitedForAsLong(MachineClocks clocks) {
        assertSame(
                clocks,
                workers -> {
                    live(workers);
                    workers.bench.services.refuse(FailureKind.DENIED, 1000);
                    DeploymentId second = workers.bench.built();
                    workers.deploy(workers.first, second);

                    workers.sweep(Duration.ofMinutes(9));
                    assertThat(workers.record(second).closing()).isNull();

                    workers.sweep(Duration.ofMinutes(4));
                    assertThat(workers.record(second).closing()).isNotNull();
                });
    }

    @ParameterizedTest
    @EnumSource
    void theDeadlineStandsStillWhileTheServiceIsHeld(MachineClocks clocks) {
        assertSame(
                clocks,
                workers -> {
                    live(workers);
                    ObjectVersion hold = workers.ask(workers.second, Request.hold());
                    workers.asker.assertDone(hold);
                    DeploymentId older = workers.bench.built();
                    workers.deploy(workers.first, older);
                    workers.sweep(Duration.ofMinutes(40));
                    assertThat(workers.record(older).isDone()).isFalse();
                    DeploymentId newer = workers.bench.built();
                    workers.deploy(workers.second, newer);

                    ObjectVersion release = workers.ask(workers.first, Request.release());
                    workers.sweep(Duration.ofMinutes(2));

                    workers.asker.assertDone(release);
                    assertThat(workers.bench.outcomes(older)).containsExactly(Outcome.SUPERSEDED);
                    assertThat(workers.bench.outcomes(newer)).containsExactly(Outcome.LIVE);
                });
    }

    @ParameterizedTest
    @EnumSource
    void whatIsAskedForHasTheOrderThatStorageGaveIt(MachineClocks clocks) {
        assertSame(
                clocks,
                workers -> {
                    DeploymentId first = live(workers);
                    DeploymentId second = workers.bench.built();
                    workers.deploy(workers.second, second);
                    DeploymentId third = workers.bench.built();
                    ObjectVersion rollback = workers.ask(workers.second, Request.rollback(null));
                    workers.deploy(workers.first, third);
                    workers.sweep(Duration.ofMinutes(2));

                    workers.asker.assertDone(rollback);
                    assertThat(workers.bench.outcomes(third)).containsExactly(Outcome.SUPERSEDED);
                    assertThat(workers.bench.services.serving(Bench.HELLO))
                            .contains(workers.bench.revision(first));

                    ObjectVersion gone = workers.ask(workers.first, Request.undeploy(false));
                    workers.sweep(Duration.ofMinutes(2));
                    workers.asker.assertDone(gone);
                    assertThat(workers.bench.services.exists(Bench.HELLO)).isFalse();
                });
    }

    @ParameterizedTest
    @EnumSource
    void triggersAreLookedAtAsOften(MachineClocks clocks) {
        assertSame(
                clocks,
                workers -> {
                    live(workers, ORDERS);
                    workers.sweep(Duration.ofMinutes(12));
                    workers.bench.triggers.of(Bench.HELLO).forEach(workers.bench.triggers::delete);
                    workers.firstDies();

                    workers.sweep(Duration.ofMinutes(25));

                    assertThat(workers.bench.triggers.idsOf(Bench.HELLO)).hasSize(1);
                    assertThat(workers.bench.triggers.history()).hasSize(3);
                });
    }

    @ParameterizedTest
    @EnumSource
    void aGhostIsFoundAsSoon(MachineClocks clocks) {
        assertSame(
                clocks,
                workers -> {
                    live(workers);
                    workers.sweep(Duration.ofMinutes(1));
                    DeploymentId above = workers.bench.built();
                    workers.bench.ledger.raiseAbsent(Bench.HELLO, workers.record(above).order());
                    workers.sweep(Duration.ofMinutes(20));

                    assertThat(workers.bench.services.history()).contains(Bench.HELLO + " nothing");
                });
    }

    @ParameterizedTest
    @EnumSource
    void anApiThatFailsIsLeftAloneForAsLong(MachineClocks clocks) {
        assertSame(
                clocks,
                workers -> {
                    live(workers);
                    workers.sweep(TwoWorkers.SET_AFTER.minusSeconds(30));
                    workers.bench.services.makeUnreadable(FailureKind.TRANSIENT);
                    DeploymentId second = workers.bench.built();
                    workers.deploy(workers.first, second);
                    assertThat(Objects.requireNonNull(workers.record(second).waiting()).cause())
                            .as("the breaker has opened")
                            .isEqualTo(Waiting.Cause.QUOTA);

                    workers.bench.services.makeUnreadable(null);
                    workers.sweep(Duration.ofMinutes(4));
                    assertThat(workers.bench.outcomes(second)).containsExactly(Outcome.LIVE);
                });
    }
}
