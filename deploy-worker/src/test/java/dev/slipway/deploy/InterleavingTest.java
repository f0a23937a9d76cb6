package dev.slipway.deploy;

import static org.assertj.core.api.Assertions.assertThat;

import dev.slipway.contracts.DeploymentId;
import dev.slipway.contracts.Outcome;
import dev.slipway.deploy.decide.RevisionSeen.Failure;
import java.time.Duration;
import java.util.List;
import java.util.function.Function;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * Another worker runs between any two calls of the one in hand, to its end; afterwards the sweep
 * continues what waits.
 */
class InterleavingTest {
    private static final int MORE_CALLS_THAN_ARE_MADE = 1000;

    private interface Check {
        void accept(Bench bench, DeploymentId older, DeploymentId newer);
    }

    private enum Kind {
        STARTS,
        FAILS,
        SAME;

        private DeploymentId built(Bench bench) {
            return switch (this) {
                case STARTS -> bench.built();
                case FAILS -> bench.builtFailing(Failure.Cause.CONTAINER);
                case SAME -> bench.built("same");
            };
        }
    }

    private static void sweepAll(Bench bench, List<DeploymentId> deployments) {
        for (int round = 0; round < 3; round++) {
            for (DeploymentId deployment : deployments) {
                if (!bench.record(deployment).isDone()) {
                    bench.sweepAfter(deployment, Duration.ofSeconds(90));
                }
            }
            bench.worker.resume().converge(bench.now);
        }
    }

    /** At each call of the first one's handler, the second one runs. */
    private static void interrupt(
            boolean etagFollowsStatus,
            Function<Bench, List<DeploymentId>> given,
            boolean olderFirst,
            Check check) {
        boolean interrupted = true;
        for (int call = 0; interrupted; call++) {
            assertThat(call).isLessThan(MORE_CALLS_THAN_ARE_MADE);
            Bench bench = new Bench();
            if (etagFollowsStatus) {
                bench.services.letEtagFollowStatus();
            }
            List<DeploymentId> both = given.apply(bench);
            DeploymentId first = olderFirst ? both.getFirst() : both.getLast();
            DeploymentId second = olderFirst ? both.getLast() : both.getFirst();
            bench.calls.interruptAt(call, () -> bench.deploy(second));
            bench.deploy(first);
            interrupted = bench.calls.isPast();
            bench.calls.calm();
            bench.deploy(second);
            sweepAll(bench, both);

            both.forEach(id -> assertThat(bench.outcomes(id)).hasSize(1));
            check.accept(bench, both.getFirst(), both.getLast());
        }
    }

    /**
     * Both are DEPLOYING, so only the fence stands between them; with or without one that is live
     * already.
     */
    private static Function<Bench, List<DeploymentId>> bothDeploying(
            Kind older, Kind newer, boolean onLive) {
        return bench -> {
            if (onLive) {
                bench.deploy(bench.built("base"));
            }
            DeploymentId one = older.built(bench);
            DeploymentId two = newer.built(bench);
            bench.begin(one);
            bench.begin(two);
            return List.of(one, two);
        };
    }

    @ParameterizedTest
    @CsvSource({
        "true,true,true", "true,false,true", "false,true,true", "false,false,true",
        "true,true,false", "true,false,false", "false,true,false", "false,false,false",
    })
    void theNewerOneWinsWhateverTheOlderOneDoes(
            boolean etagFollowsStatus, boolean olderFirst, boolean onLive) {
        interrupt(
                etagFollowsStatus,
                bothDeploying(Kind.STARTS, Kind.STARTS, onLive),
                olderFirst,
                (bench, older, newer) -> {
                    assertThat(bench.outcomes(newer)).containsExactly(Outcome.LIVE);
                    assertThat(bench.outcomes(older))
                            .containsAnyOf(Outcome.LIVE, Outcome.SUPERSEDED);
                    assertThat(bench.services.serving(Bench.HELLO)).contains(bench.revision(newer));
                });
    }

    @ParameterizedTest
    @CsvSource({
        "true,true,true", "true,false,true", "false,true,true", "false,false,true",
        "true,true,false", "true,false,false", "false,true,false", "false,false,false",
    })
    void whatServesAfterANewerFailureWasSaidLive(
            boolean etagFollowsStatus, boolean olderFirst, boolean onLive) {
        interrupt(
                etagFollowsStatus,
                bothDeploying(Kind.STARTS, Kind.FAILS, onLive),
                olderFirst,
                (bench, older, newer) -> {
                    assertThat(bench.outcomes(newer)).containsExactly(Outcome.FAILED);
                    bench.services
                            .serving(Bench.HELLO)
                            .map(serving -> bench.services.planOf(Bench.HELLO, serving))
                            .map(plan -> plan.origin().deployment())
                            .ifPresent(
                                    live ->
                                            assertThat(bench.outcomes(live))
                                                    .containsExactly(Outcome.LIVE));
                });
    }

    @ParameterizedTest
    @CsvSource({
        "true,true,true", "true,false,true", "false,true,true", "false,false,true",
        "true,true,false", "true,false,false", "false,true,false", "false,false,false",
    })
    void anOlderFailureNeverStopsTheNewerOne(
            boolean etagFollowsStatus, boolean olderFirst, boolean onLive) {
        interrupt(
                etagFollowsStatus,
                bothDeploying(Kind.FAILS, Kind.STARTS, onLive),
                olderFirst,
                (bench, older, newer) -> {
                    assertThat(bench.outcomes(newer)).containsExactly(Outcome.LIVE);
                    assertThat(bench.outcomes(older))
                            .containsAnyOf(Outcome.FAILED, Outcome.SUPERSEDED);
                    assertThat(bench.services.serving(Bench.HELLO)).contains(bench.revision(newer));
                });
    }

    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void theSameBytesTwiceServe(boolean olderFirst) {
        interrupt(
                false,
                bothDeploying(Kind.SAME, Kind.SAME, false),
                olderFirst,
                (bench, older, newer) -> {
                    Outcome last = bench.outcomes(newer).getFirst();
                    assertThat(last).isIn(Outcome.LIVE, Outcome.UNCHANGED);
                    if (last == Outcome.UNCHANGED) {
                        assertThat(bench.outcomes(older)).containsExactly(Outcome.LIVE);
                    }
                    assertThat(bench.services.serving(Bench.HELLO)).isPresent();
                });
    }

    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void twoWorkersWithTheSameDeploymentDoItOnce(boolean etagFollowsStatus) {
        interrupt(
                etagFollowsStatus,
                bench -> {
                    DeploymentId hello = bench.built();
                    return List.of(hello, hello);
                },
                true,
                (bench, hello, _) -> {
                    assertThat(bench.outcomes(hello)).containsExactly(Outcome.LIVE);
                    assertThat(bench.services.revisions(Bench.HELLO)).hasSize(1);
                });
    }

    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void twoWorkersWithTheSameFailureLeaveNothing(boolean etagFollowsStatus) {
        interrupt(
                etagFollowsStatus,
                bench -> {
                    DeploymentId hello = bench.builtFailing(Failure.Cause.CONTAINER);
                    return List.of(hello, hello);
                },
                true,
                (bench, hello, _) -> {
                    assertThat(bench.outcomes(hello)).containsExactly(Outcome.FAILED);
                    assertThat(bench.services.get(Bench.HELLO)).isEmpty();
                });
    }
}
