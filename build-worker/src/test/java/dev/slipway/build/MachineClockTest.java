package dev.slipway.build;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.slipway.build.decide.BuildSeen.Status;
import dev.slipway.contracts.DeploymentId;
import dev.slipway.contracts.ObjectVersion;
import dev.slipway.contracts.Outcome;
import dev.slipway.contracts.Reason;
import dev.slipway.contracts.Request;
import dev.slipway.kit.FailureKind;
import dev.slipway.kit.GatewayException;
import dev.slipway.kit.MachineClocks;
import dev.slipway.ledger.Stage;
import java.time.Duration;
import java.util.List;
import java.util.Objects;
import java.util.function.Consumer;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/**
 * What the machines' own clocks say changes nothing, down to the last byte that is written: ages
 * are storage's and the builds'.
 */
class MachineClockTest {
    private static List<String> story(MachineClocks clocks, Consumer<TwoWorkers> scene) {
        TwoWorkers workers = new TwoWorkers(clocks);
        scene.accept(workers);
        return workers.story();
    }

    private static void assertSame(MachineClocks clocks, Consumer<TwoWorkers> scene) {
        assertThat(story(clocks, scene)).isEqualTo(story(MachineClocks.EQUAL, scene));
    }

    private static Stage stage(TwoWorkers workers, DeploymentId deployment) {
        return workers.record(deployment).stage();
    }

    private static Reason reason(TwoWorkers workers, DeploymentId deployment) {
        return workers.record(deployment).requireVerdict().reason();
    }

    @ParameterizedTest
    @EnumSource
    void aClaimIsTakenOverAfterAMinute(MachineClocks clocks) {
        assertSame(
                clocks,
                workers -> {
                    workers.pass(TwoWorkers.SET_AFTER.minusSeconds(30));
                    DeploymentId hello = workers.bench.verified("hello");
                    var claimed = workers.record(hello).claimed();
                    var _ =
                            workers.bench
                                    .ledger
                                    .swap(workers.bench.read(hello), claimed)
                                    .orElseThrow();

                    workers.sweep(Duration.ofSeconds(30));
                    assertThat(stage(workers, hello)).isEqualTo(Stage.CLAIMED);

                    workers.sweep(Duration.ofSeconds(30));
                    assertThat(stage(workers, hello)).isEqualTo(Stage.BUILDING);
                });
    }

    @ParameterizedTest
    @EnumSource
    void whoWaitsInLineIsLookedAtAsOftenAndLetInAsSoon(MachineClocks clocks) {
        assertSame(
                clocks,
                workers -> {
                    DeploymentId one = workers.bench.verified("one");
                    workers.start(workers.first, one);
                    DeploymentId two = workers.bench.verified("two");
                    workers.start(workers.second, two);
                    DeploymentId three = workers.bench.verified("three");
                    workers.start(workers.first, three);
                    assertThat(workers.record(three).waiting()).isNotNull();

                    workers.sweep(Duration.ofMinutes(5));
                    workers.firstDies();
                    workers.sweep(Duration.ofMinutes(20));
                    assertThat(stage(workers, three)).isEqualTo(Stage.VERIFIED);
                    assertThat(workers.record(three).injection()).isBetween(5L, 9L);

                    String build = Objects.requireNonNull(workers.record(one).build()).name();
                    workers.bench.builds.succeed(build, Bench.DIGEST);
                    workers.finish(workers.second, build);
                    assertThat(stage(workers, three)).isEqualTo(Stage.BUILDING);
                });
    }

    @ParameterizedTest
    @EnumSource
    void noMoreAreLetInThanThereArePlaces(MachineClocks clocks) {
        assertSame(
                clocks,
                workers -> {
                    workers.pass(TwoWorkers.SET_AFTER.minusSeconds(2));
                    DeploymentId early = workers.bench.verified("early");
                    workers.start(workers.first, early);
                    workers.bench.builds.succeed(workers.bench.lastBuild(), Bench.DIGEST);
                    workers.finish(workers.first, workers.bench.lastBuild());

                    workers.pass(Duration.ofSeconds(2));
                    workers.start(workers.second, workers.bench.verified("one"));
                    workers.start(workers.second, workers.bench.verified("two"));
                    DeploymentId three = workers.bench.verified("three");
                    workers.start(workers.first, three);

                    assertThat(stage(workers, three)).isEqualTo(Stage.VERIFIED);
                });
    }

    @ParameterizedTest
    @EnumSource
    void aBuildThatHangsEndsAtItsOwnDeadline(MachineClocks clocks) {
        assertSame(
                clocks,
                workers -> {
                    DeploymentId hello = workers.bench.verified("hello");
                    workers.start(workers.first, hello);
                    workers.bench.builds.move(workers.bench.lastBuild(), Status.WORKING, null);

                    workers.sweep(Duration.ofMinutes(124));
                    assertThat(stage(workers, hello)).isEqualTo(Stage.BUILDING);

                    workers.sweep(Duration.ofMinutes(2));
                    assertThat(reason(workers, hello)).isEqualTo(Reason.BUILD_STUCK);
                });
    }

    @ParameterizedTest
    @EnumSource
    void whatCloudBuildHasNoTimeForIsGivenUpAfterAnHour(MachineClocks clocks) {
        assertSame(
                clocks,
                workers -> {
                    workers.bench.builds.refuse(FailureKind.BUSY, 10_000);
                    DeploymentId one = workers.bench.verified("one");
                    workers.start(workers.first, one);
                    DeploymentId two = workers.bench.verified("two");
                    workers.start(workers.second, two);

                    workers.sweep(Duration.ofMinutes(59));
                    assertThat(stage(workers, one)).isEqualTo(Stage.CLAIMED);
                    assertThat(stage(workers, two)).isEqualTo(Stage.CLAIMED);

                    workers.sweep(Duration.ofMinutes(12));
                    assertThat(reason(workers, one)).isEqualTo(Reason.BUILD_UNAVAILABLE);
                    assertThat(reason(workers, two)).isEqualTo(Reason.BUILD_UNAVAILABLE);
                });
    }

    @ParameterizedTest
    @EnumSource
    void anApiThatFailsIsLeftAloneForAsLong(MachineClocks clocks) {
        assertSame(
                clocks,
                workers -> {
                    workers.away(true);
                    for (String service : List.of("one", "two")) {
                        DeploymentId begun = workers.bench.verified(service);
                        assertThatThrownBy(() -> workers.start(workers.first, begun))
                                .isInstanceOf(GatewayException.class);
                    }
                    workers.sweep(Duration.ofMinutes(1));
                    workers.away(false);
                    workers.sweep(Duration.ofMinutes(3));
                    assertThat(workers.bench.builds.submissions()).isEqualTo(2);
                });
    }

    @ParameterizedTest
    @EnumSource
    void aMissingPermissionIsWaitedForAsLong(MachineClocks clocks) {
        assertSame(
                clocks,
                workers -> {
                    workers.bench.builds.refuse(FailureKind.DENIED, 1000);
                    DeploymentId hello = workers.bench.verified("hello");
                    workers.start(workers.first, hello);

                    workers.sweep(Duration.ofMinutes(9));
                    assertThat(stage(workers, hello)).isEqualTo(Stage.CLAIMED);

                    workers.sweep(Duration.ofMinutes(4));
                    assertThat(reason(workers, hello)).isEqualTo(Reason.BUILD_REFUSED);
                });
    }

    @ParameterizedTest
    @EnumSource
    void theNewerOneWinsAndOrdersAreStorages(MachineClocks clocks) {
        assertSame(
                clocks,
                workers -> {
                    DeploymentId older = workers.bench.verified("hello");
                    workers.start(workers.first, older);
                    workers.pass(Duration.ofMinutes(5));
                    DeploymentId newer = workers.bench.verified("hello");
                    workers.start(workers.second, newer);
                    workers.start(workers.first, older);

                    assertThat(workers.record(older).requireVerdict().outcome())
                            .isEqualTo(Outcome.SUPERSEDED);
                    assertThat(stage(workers, newer)).isEqualTo(Stage.BUILDING);
                });
    }

    @ParameterizedTest
    @EnumSource
    void aCancelIsDoneWhenTheBuildHasStopped(MachineClocks clocks) {
        assertSame(
                clocks,
                workers -> {
                    workers.bench.builds.stopWhenTold();
                    DeploymentId hello = workers.bench.verified("hello");
                    workers.start(workers.first, hello);
                    Asker asker = new Asker(workers.bench);
                    ObjectVersion request = asker.write(Request.cancel(hello));
                    workers.cancel(workers.second, request);
                    workers.sweep(Duration.ofMinutes(4));
                    assertThat(asker.answer(request).orElseThrow().outcome()).isNull();

                    workers.bench.builds.move(workers.bench.lastBuild(), Status.CANCELLED, null);
                    workers.sweep(Duration.ofMinutes(1));

                    assertThat(asker.answer(request).orElseThrow().outcome()).isNotNull();
                    assertThat(workers.record(hello).requireVerdict().outcome())
                            .isEqualTo(Outcome.CANCELLED);
                });
    }
}
