package dev.slipway.deploy;

import static org.assertj.core.api.Assertions.assertThat;

import dev.slipway.contracts.DeploymentId;
import dev.slipway.contracts.Outcome;
import dev.slipway.deploy.decide.RevisionSeen.Failure;
import java.time.Duration;
import java.util.function.Consumer;
import java.util.function.Function;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The worker dies at each call to its ledger and to Cloud Run in turn; another one continues. */
class CrashTest {
    private static final int MORE_CALLS_THAN_ARE_MADE = 1000;

    /** Runs the handler, dying at this call; whether it came to that. */
    private static boolean dies(Bench bench, int call, boolean afterwards, DeploymentId hello) {
        bench.calls.crashAt(call, afterwards);
        try {
            bench.deploy(hello);
            return false;
        } catch (Calls.Crash _) {
            return true;
        } finally {
            bench.calls.calm();
        }
    }

    private static void recover(Bench bench, DeploymentId hello, boolean busWiped) {
        if (!busWiped) {
            bench.deploy(hello);
        }
        bench.sweepAfter(hello, Duration.ofSeconds(90));
    }

    private static void crashes(
            boolean busWiped, Function<Bench, DeploymentId> given, Consumer<Bench> check) {
        for (boolean afterwards : new boolean[] {false, true}) {
            boolean died = true;
            for (int call = 0; died; call++) {
                assertThat(call).isLessThan(MORE_CALLS_THAN_ARE_MADE);
                Bench bench = new Bench();
                DeploymentId hello = given.apply(bench);
                died = dies(bench, call, afterwards, hello);
                recover(bench, hello, busWiped);

                assertThat(bench.record(hello).isDone()).isTrue();
                assertThat(bench.outcomes(hello)).hasSize(1);
                assertThat(bench.ledger.marker(hello)).isEmpty();
                check.accept(bench);
            }
        }
    }

    @ParameterizedTest
    @ValueSource(booleans = {false, true})
    void aFirstDeployThatDiesAnywhereIsContinued(boolean busWiped) {
        crashes(
                busWiped,
                Bench::built,
                bench -> {
                    assertThat(bench.services.revisions(Bench.HELLO)).hasSize(1);
                    assertThat(bench.services.history()).hasSize(1);
                });
    }

    @ParameterizedTest
    @ValueSource(booleans = {false, true})
    void aNextDeployThatDiesAnywhereIsContinued(boolean busWiped) {
        crashes(
                busWiped,
                bench -> {
                    bench.deploy(bench.built());
                    return bench.built();
                },
                bench -> {
                    assertThat(bench.services.revisions(Bench.HELLO)).hasSize(2);
                    assertThat(bench.services.serving(Bench.HELLO))
                            .contains(bench.services.revisions(Bench.HELLO).getLast());
                });
    }

    @ParameterizedTest
    @ValueSource(booleans = {false, true})
    void aFailureThatDiesAnywhereLeavesThePreviousOneServing(boolean busWiped) {
        crashes(
                busWiped,
                bench -> {
                    bench.deploy(bench.built());
                    return bench.builtFailing(Failure.Cause.CONTAINER);
                },
                bench -> {
                    assertThat(bench.services.history()).hasSize(1);
                    assertThat(bench.services.serving(Bench.HELLO))
                            .contains(bench.services.revisions(Bench.HELLO).getFirst());
                });
    }

    @ParameterizedTest
    @ValueSource(booleans = {false, true})
    void aFirstFailureThatDiesAnywhereLeavesNothing(boolean busWiped) {
        crashes(
                busWiped,
                bench -> bench.builtFailing(Failure.Cause.CONTAINER),
                bench -> assertThat(bench.services.get(Bench.HELLO)).isEmpty());
    }

    @ParameterizedTest
    @ValueSource(booleans = {false, true})
    void failuresOfThePlatformThatDieAnywhereAreBounded(boolean busWiped) {
        crashes(
                busWiped,
                bench -> {
                    bench.deploy(bench.built());
                    return bench.builtFailing(Failure.Cause.PLATFORM);
                },
                bench -> assertThat(bench.services.revisions(Bench.HELLO)).hasSize(4));
    }

    @ParameterizedTest
    @ValueSource(booleans = {false, true})
    void sameBytesThatDieAnywhereAreUnchanged(boolean busWiped) {
        crashes(
                busWiped,
                bench -> {
                    bench.deploy(bench.built("same"));
                    return bench.built("same");
                },
                bench -> {
                    assertThat(bench.services.revisions(Bench.HELLO)).hasSize(1);
                    assertThat(bench.published)
                            .anySatisfy(
                                    event ->
                                            assertThat(bench.outcomes(event.deployment()))
                                                    .contains(Outcome.UNCHANGED));
                });
    }
}
