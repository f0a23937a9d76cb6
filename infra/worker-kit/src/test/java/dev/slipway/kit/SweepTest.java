package dev.slipway.kit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.slipway.contracts.DeploymentId;
import dev.slipway.contracts.Reason;
import dev.slipway.contracts.Verdict;
import dev.slipway.ledger.DeploymentRecord;
import dev.slipway.ledger.InMemoryObjectStore;
import dev.slipway.ledger.Stage;
import dev.slipway.ledger.Versioned;
import dev.slipway.ledger.Waiting;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.Set;
import java.util.concurrent.Executor;
import java.util.concurrent.RejectedExecutionException;
import org.junit.jupiter.api.Test;

class SweepTest {
    private final MovingClock clock = new MovingClock(Drops.NOON);
    private final InMemoryObjectStore store = new InMemoryObjectStore(clock);
    private final Drops drops = new Drops(store);
    private final List<DeploymentId> unrecorded = new ArrayList<>();
    private final List<DeploymentId> origins = new ArrayList<>();
    private final List<Instant> converged = new ArrayList<>();
    private final List<Versioned<DeploymentRecord>> resumed = new ArrayList<>();
    private boolean paused;
    private final Sweep.Resume resume =
            new Sweep.Resume() {
                @Override
                public void resume(Versioned<DeploymentRecord> read, Instant now) {
                    resumed.add(read);
                }

                @Override
                public void resumeUnrecorded(DeploymentId deployment, Instant now) {
                    unrecorded.add(deployment);
                }

                @Override
                public void resumeOrigin(DeploymentRecord deployment, Instant now) {
                    origins.add(deployment.deployment());
                }

                @Override
                public void converge(Instant now) {
                    converged.add(now);
                }
            };

    private Sweep sweep(String sweeper, Executor executor) {
        return new Sweep(
                drops.ledger,
                "build",
                Set.of(Stage.VERIFIED, Stage.CLAIMED, Stage.BUILDING),
                Duration.ofSeconds(60),
                sweeper,
                executor,
                resume,
                () -> paused);
    }

    private Sweep sweep() {
        return sweep("one", Runnable::run);
    }

    private List<DeploymentId> resumedIds() {
        return resumed.stream().map(read -> read.value().deployment()).toList();
    }

    @Test
    void looksAfterTheOriginOfEveryOpenDeployment() {
        DeploymentId open = drops.verified().value().deployment();

        sweep().round();

        assertThat(origins).containsExactly(open);
        assertThat(resumed).isEmpty();
    }

    @Test
    void putsBackToWorkWhatStandsStillForAMinute() {
        Versioned<DeploymentRecord> verified = drops.verified();
        Sweep sweep = sweep();

        clock.pass(Duration.ofSeconds(59));
        sweep.round();
        assertThat(resumed).isEmpty();

        clock.pass(Duration.ofSeconds(1));
        sweep.round();
        assertThat(resumedIds()).containsExactly(verified.value().deployment());
    }

    @Test
    void swapsAHigherInjectionInBeforeItContinues() {
        Versioned<DeploymentRecord> verified = drops.verified();
        clock.pass(Duration.ofSeconds(60));

        sweep().round();

        assertThat(resumed).containsExactly(drops.again(verified));
        assertThat(resumed.getFirst().value().injection()).isEqualTo(1);
        assertThat(resumed.getFirst().updated()).isEqualTo(Drops.NOON.plusSeconds(60));
    }

    @Test
    void whatItContinuedIsLeftAloneForAnotherMinute() {
        drops.verified();
        Sweep sweep = sweep();
        clock.pass(Duration.ofSeconds(60));
        sweep.round();

        clock.pass(Duration.ofSeconds(30));
        sweep.round();

        assertThat(resumed).hasSize(1);
    }

    @Test
    void whatWaitsIsContinuedWhenItsTimeHasCome() {
        Versioned<DeploymentRecord> verified = drops.verified();
        drops.moved(
                verified,
                verified.value()
                        .waiting(new Waiting(Waiting.Cause.QUOTA, Drops.NOON.plusSeconds(300))));
        Sweep sweep = sweep();

        clock.pass(Duration.ofSeconds(299));
        sweep.round();
        assertThat(resumed).isEmpty();

        clock.pass(Duration.ofSeconds(1));
        sweep.round();
        assertThat(resumed).hasSize(1);
        assertThat(resumed.getFirst().value().waiting()).isNull();
    }

    @Test
    void leavesTheStagesOfOtherWorkersAlone() {
        drops.received();
        drops.deploying();
        clock.pass(Duration.ofHours(1));

        sweep().round();

        assertThat(resumed).isEmpty();
    }

    @Test
    void continuesWhatIsOverButNotToldYet() {
        Versioned<DeploymentRecord> building = drops.building();
        drops.moved(
                building,
                building.value().finished(Verdict.of(Reason.BUILD_STUCK, "It stuck."), null));
        clock.pass(Duration.ofSeconds(60));

        sweep().round();

        assertThat(resumedIds()).containsExactly(building.value().deployment());
    }

    @Test
    void tellsOfAMarkerWithoutARecord() {
        drops.ledger.mark(Drops.marker(5));

        sweep().round();

        assertThat(unrecorded).containsExactly(Drops.marker(5).deployment());
        assertThat(resumed).isEmpty();
    }

    @Test
    void aRecordThatDoesNotParseIsLeftUntouchedAndInNobodysWay() {
        drops.ledger.mark(Drops.marker(5));
        byte[] torn = "{\"schema\":".getBytes(StandardCharsets.UTF_8);
        String name = "deployments/" + Drops.marker(5).deployment();
        store.create(name, torn);
        Versioned<DeploymentRecord> verified = drops.verified();
        clock.pass(Duration.ofSeconds(60));

        try (Logged logged = Logged.by(Sweep.class)) {
            sweep().round();

            assertThat(logged.lines())
                    .anyMatch(
                            line ->
                                    line.contains("alert=unreadable deployment=")
                                            && line.contains(name));
        }
        assertThat(store.get(name).orElseThrow().body()).isEqualTo(torn);
        assertThat(drops.ledger.marker(Drops.marker(5).deployment())).isPresent();
        assertThat(resumedIds()).containsExactly(verified.value().deployment());
    }

    @Test
    void whatARoundHasNotTakenUpWhenTheStageIsPausedIsTakenUpAfterIt() {
        drops.verified();
        List<Runnable> waiting = new ArrayList<>();
        Sweep sweep = sweep("one", waiting::add);
        clock.pass(Duration.ofSeconds(60));
        sweep.round();

        paused = true;
        waiting.removeFirst().run();
        assertThat(resumed).isEmpty();

        paused = false;
        sweep.round();
        waiting.removeFirst().run();
        assertThat(resumed).hasSize(1);
        assertThat(resumed.getFirst().value().injection()).isEqualTo(1);
    }

    @Test
    void oneThatFailsIsInNobodysWayAndTriedAgain() {
        drops.verified();
        drops.verified();
        List<DeploymentId> tried = new ArrayList<>();
        Sweep failing =
                new Sweep(
                        drops.ledger,
                        "build",
                        Set.of(Stage.VERIFIED),
                        Duration.ofSeconds(60),
                        "one",
                        Runnable::run,
                        (read, _) -> {
                            tried.add(read.value().deployment());
                            throw new GatewayException(
                                    FailureKind.TRANSIENT, "build", "it failed", null);
                        },
                        () -> false);

        clock.pass(Duration.ofSeconds(60));
        failing.round();
        clock.pass(Duration.ofSeconds(60));
        failing.round();

        assertThat(tried).hasSize(4);
        assertThat(Set.copyOf(tried)).hasSize(2);
    }

    @Test
    void tellsOfOneWhoseRecordDoesNotParseAndContinuesTheOthers() {
        Versioned<DeploymentRecord> torn = drops.verified();
        Versioned<DeploymentRecord> whole = drops.verified();
        DeploymentId id = torn.value().deployment();
        store.swap("deployments/" + id, torn.generation(), new byte[] {'{'});
        Map<DeploymentId, String> blocked = new HashMap<>();
        Sweep sweep =
                new Sweep(
                        drops.ledger,
                        "build",
                        Set.of(Stage.VERIFIED),
                        Duration.ofSeconds(60),
                        "one",
                        Runnable::run,
                        resume,
                        () -> false,
                        (deployment, by) -> blocked.put(deployment, by.awaited()));

        clock.pass(Duration.ofSeconds(60));
        sweep.round();

        assertThat(blocked)
                .containsExactly(
                        Map.entry(
                                id,
                                "your operator to mend deployments/"
                                        + id
                                        + " of the ledger, which does not parse"));
        assertThat(resumedIds()).containsExactly(whole.value().deployment());
    }

    @Test
    void aDeploymentInHandIsNotTakenUpASecondTime() {
        drops.verified();
        Queue<Runnable> queued = new ArrayDeque<>();
        Sweep sweep = sweep("one", queued::add);
        clock.pass(Duration.ofSeconds(60));

        sweep.round();
        sweep.round();

        assertThat(queued).hasSize(1);
        queued.remove().run();
        sweep.round();
        assertThat(queued).hasSize(1);
    }

    @Test
    void whatCouldNotBeTakenUpIsTakenUpNextTime() {
        drops.verified();
        Queue<Runnable> queued = new ArrayDeque<>();
        boolean[] full = {true};
        Sweep sweep =
                sweep(
                        "one",
                        task -> {
                            if (full[0]) {
                                throw new RejectedExecutionException("full");
                            }
                            queued.add(task);
                        });
        assertThatThrownBy(sweep::round).isInstanceOf(RejectedExecutionException.class);

        full[0] = false;
        sweep.round();

        assertThat(queued).hasSize(1);
    }

    @Test
    void oneOfTwoSweepersSweeps() {
        drops.verified();
        clock.pass(Duration.ofSeconds(60));
        Sweep one = sweep();
        Sweep two = sweep("two", Runnable::run);

        one.round();
        two.round();

        assertThat(converged).hasSize(1);
        assertThat(resumed).hasSize(1);
    }

    @Test
    void theOtherTakesOverWhenTheFirstIsGone() {
        Sweep one = sweep();
        Sweep two = sweep("two", Runnable::run);
        one.round();
        two.round();

        drops.verified();
        clock.pass(Duration.ofSeconds(60));
        two.round();

        assertThat(resumed).hasSize(1);
    }

    @Test
    void twoSweepersAtOnceContinueADeploymentOnce() {
        drops.verified();
        Queue<Runnable> queued = new ArrayDeque<>();
        Sweep one = sweep("one", queued::add);
        Sweep two = sweep("two", queued::add);
        clock.pass(Duration.ofSeconds(60));

        one.round();
        two.round();
        two.round(); // the first was silent between the second's two questions
        assertThat(queued).hasSize(2);
        queued.forEach(Runnable::run);

        assertThat(resumed).hasSize(1);
    }

    @Test
    void looksAfterTheRestOnceARoundByTheStoragesClock() {
        sweep().round();

        assertThat(converged).containsExactly(Drops.NOON);
    }
}
