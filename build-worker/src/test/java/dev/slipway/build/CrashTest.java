package dev.slipway.build;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.slipway.build.decide.BuildSeen.Status;
import dev.slipway.contracts.DeploymentFinished;
import dev.slipway.contracts.DeploymentId;
import dev.slipway.contracts.ImagePushed;
import dev.slipway.contracts.ObjectVersion;
import dev.slipway.contracts.Outcome;
import dev.slipway.contracts.Request;
import dev.slipway.contracts.RequestAnswer;
import dev.slipway.ledger.Build;
import dev.slipway.ledger.CrashingStore;
import dev.slipway.ledger.Stage;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The worker dies at each call to its ledger in turn; another one continues. */
class CrashTest {
    private static final int MORE_CALLS_THAN_ARE_MADE = 400;

    /** Runs the action, dying at this call; whether it came to that. */
    private static boolean dies(Bench bench, int call, boolean afterwards, Runnable action) {
        bench.store.crashAt(call, afterwards);
        try {
            action.run();
            return false;
        } catch (CrashingStore.Crash _) {
            return true;
        } finally {
            bench.store.crashNoMore();
        }
    }

    /** What a sweep and the bus bring again, until nothing moves any more. */
    private static void recover(Bench bench, DeploymentId deployment, boolean busWiped) {
        for (int round = 0; round < 4; round++) {
            if (!busWiped) {
                bench.start(deployment);
            }
            bench.sweepAfter(deployment, Duration.ofSeconds(90));
            bench.resume.converge(bench.now);
        }
    }

    private static void finishRunning(Bench bench) {
        for (String name : bench.builds.names()) {
            if (!bench.builds.get(name).status().isOver()) {
                bench.builds.succeed(name, Bench.DIGEST);
            }
        }
    }

    private static void assertBuiltOnce(Bench bench, DeploymentId deployment) {
        assertThat(bench.record(deployment).stage()).isEqualTo(Stage.BUILT);
        assertThat(bench.ledger.building()).isEmpty();
        assertThat(bench.builds.names()).hasSize(1);
    }

    private static void crashesWhile(boolean busWiped) {
        for (boolean afterwards : new boolean[] {false, true}) {
            boolean died = true;
            for (int call = 0; died; call++) {
                assertThat(call).isLessThan(MORE_CALLS_THAN_ARE_MADE);
                Bench bench = new Bench();
                DeploymentId hello = bench.verified("hello");
                died = dies(bench, call, afterwards, () -> bench.start(hello));
                recover(bench, hello, busWiped);
                finishRunning(bench);
                bench.sweepAfter(hello, Duration.ofSeconds(90));

                assertBuiltOnce(bench, hello);
                assertThat(bench.published).anyMatch(ImagePushed.class::isInstance);
            }
        }
    }

    @Test
    void aStartThatDiesAnywhereIsContinued() {
        crashesWhile(false);
    }

    @Test
    void aStartThatDiesAnywhereIsContinuedByTheSweepAlone() {
        crashesWhile(true);
    }

    @Test
    void aFinishThatDiesAnywhereIsContinuedByItsMessage() {
        for (boolean afterwards : new boolean[] {false, true}) {
            boolean died = true;
            for (int call = 0; died; call++) {
                assertThat(call).isLessThan(MORE_CALLS_THAN_ARE_MADE);
                Bench bench = new Bench();
                DeploymentId hello = bench.verified("hello");
                bench.start(hello);
                bench.builds.succeed(bench.lastBuild(), Bench.DIGEST);
                died = dies(bench, call, afterwards, () -> bench.tell(bench.lastBuild()));
                bench.tell(bench.lastBuild());

                assertBuiltOnce(bench, hello);
                assertThat(bench.published).anyMatch(ImagePushed.class::isInstance);
            }
        }
    }

    @Test
    void aFailureThatDiesAnywhereIsToldOnce() {
        for (boolean afterwards : new boolean[] {false, true}) {
            boolean died = true;
            for (int call = 0; died; call++) {
                assertThat(call).isLessThan(MORE_CALLS_THAN_ARE_MADE);
                Bench bench = new Bench();
                DeploymentId hello = bench.verified("hello");
                bench.start(hello);
                bench.builds.move(bench.lastBuild(), Status.TIMEOUT, null);
                died = dies(bench, call, afterwards, () -> bench.tell(bench.lastBuild()));
                bench.tell(bench.lastBuild());

                assertThat(bench.ledger.marker(hello)).isEmpty();
                assertThat(bench.ledger.building()).isEmpty();
                assertThat(outcomes(bench, hello)).containsOnly(Outcome.FAILED).isNotEmpty();
            }
        }
    }

    @Test
    void aSupersessionThatDiesAnywhereLeavesOneBuildRunning() {
        for (boolean afterwards : new boolean[] {false, true}) {
            boolean died = true;
            for (int call = 0; died; call++) {
                assertThat(call).isLessThan(MORE_CALLS_THAN_ARE_MADE);
                Bench bench = new Bench();
                DeploymentId older = bench.verified("hello");
                bench.start(older);
                DeploymentId newer = bench.verified("hello");
                died = dies(bench, call, afterwards, () -> bench.start(newer));
                recover(bench, newer, false);
                bench.sweepAfter(older, Duration.ofSeconds(90));

                assertThat(outcomes(bench, older)).containsOnly(Outcome.SUPERSEDED).isNotEmpty();
                assertThat(bench.ledger.marker(older)).isEmpty();
                assertThat(bench.ledger.building()).containsExactly(newer);
                assertThat(running(bench))
                        .isEqualTo(
                                Optional.ofNullable(bench.record(newer).build())
                                        .map(Build::name)
                                        .stream()
                                        .toList());
            }
        }
    }

    /** A second sweep, since the first may only have written the record. */
    private static void recoverCancel(Asker asker, ObjectVersion cancel, boolean busWiped) {
        boolean known = asker.isMarked(cancel);
        if (!busWiped || !known) {
            asker.tell(cancel);
        }
        asker.sweepAfter(cancel, Duration.ofSeconds(90));
        asker.sweepAfter(cancel, Duration.ofSeconds(90));
    }

    @ParameterizedTest
    @ValueSource(booleans = {false, true})
    void aCancelThatDiesAnywhereStopsTheBuild(boolean busWiped) {
        for (boolean afterwards : new boolean[] {false, true}) {
            boolean died = true;
            for (int call = 0; died; call++) {
                assertThat(call).isLessThan(MORE_CALLS_THAN_ARE_MADE);
                Bench bench = new Bench();
                Asker asker = new Asker(bench);
                DeploymentId hello = bench.verified("hello");
                bench.start(hello);
                ObjectVersion cancel = asker.write(Request.cancel(hello));
                died = dies(bench, call, afterwards, () -> asker.tell(cancel));
                recoverCancel(asker, cancel, busWiped);

                assertThat(asker.answer(cancel).map(RequestAnswer::outcome))
                        .contains(RequestAnswer.Outcome.DONE);
                assertThat(outcomes(bench, hello)).containsOnly(Outcome.CANCELLED).isNotEmpty();
                assertThat(running(bench)).isEmpty();
                assertThat(bench.ledger.openDeployments()).isEmpty();
                assertThat(bench.ledger.building()).isEmpty();
            }
        }
    }

    @Test
    void aCancelOfWhatIsOnlyClaimedIsNotDoneBeforeItsBuildIsCancelled() {
        for (boolean afterwards : new boolean[] {false, true}) {
            boolean died = true;
            for (int call = 0; died; call++) {
                assertThat(call).isLessThan(MORE_CALLS_THAN_ARE_MADE);
                Bench bench = new Bench();
                Asker asker = new Asker(bench);
                DeploymentId hello = claimedAndSubmitted(bench);
                ObjectVersion cancel = asker.write(Request.cancel(hello));
                died = dies(bench, call, afterwards, () -> asker.tell(cancel));
                recoverCancel(asker, cancel, false);

                assertThat(asker.answer(cancel).map(RequestAnswer::outcome))
                        .contains(RequestAnswer.Outcome.DONE);
                assertThat(running(bench)).isEmpty();
            }
        }
    }

    /** Its build is there, and the record does not say so: the worker died in between. */
    private static DeploymentId claimedAndSubmitted(Bench bench) {
        DeploymentId hello = bench.verified("hello");
        bench.builds.beforeNextAnswer(
                () -> {
                    throw new CrashingStore.Crash();
                });
        assertThatThrownBy(() -> bench.start(hello)).isInstanceOf(CrashingStore.Crash.class);
        assertThat(running(bench)).hasSize(1);
        assertThat(bench.record(hello).stage()).isEqualTo(Stage.CLAIMED);
        return hello;
    }

    private static List<Outcome> outcomes(Bench bench, DeploymentId deployment) {
        return bench.published.stream()
                .filter(event -> event.deployment().equals(deployment))
                .filter(DeploymentFinished.class::isInstance)
                .map(event -> ((DeploymentFinished) event).outcome())
                .toList();
    }

    private static List<String> running(Bench bench) {
        return bench.builds.names().stream()
                .filter(name -> !bench.builds.get(name).status().isOver())
                .toList();
    }
}
