package dev.slipway.kit.google;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assertions.assertTimeoutPreemptively;

import dev.slipway.contracts.DeploymentId;
import dev.slipway.contracts.ObjectVersion;
import dev.slipway.kit.Answers;
import dev.slipway.kit.Blocked;
import dev.slipway.kit.GivenConfig;
import dev.slipway.kit.HeldPause;
import dev.slipway.kit.Later;
import dev.slipway.kit.Logged;
import dev.slipway.kit.SweptStage;
import dev.slipway.ledger.Backoff;
import dev.slipway.ledger.DeploymentRecord;
import dev.slipway.ledger.InMemoryObjectStore;
import dev.slipway.ledger.Ledger;
import dev.slipway.ledger.Marker;
import dev.slipway.ledger.Order;
import dev.slipway.ledger.Stage;
import dev.slipway.ledger.Versioned;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Random;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class SweepTimerTest {
    private static final Instant NOON = Instant.parse("2026-01-01T12:00:00Z");

    private final Ledger ledger =
            new Ledger(
                    new InMemoryObjectStore(() -> NOON),
                    () -> UUID.randomUUID().toString(),
                    new Backoff(_ -> {}, new Random(1)));
    private final Answers answers =
            new Answers(
                    new InMemoryObjectStore(() -> NOON),
                    new Backoff(_ -> {}, new Random(4)),
                    Later.NOW);
    private final List<DeploymentId> begun = new CopyOnWriteArrayList<>();
    private final List<DeploymentId> done = new CopyOnWriteArrayList<>();
    private final CountDownLatch finish = new CountDownLatch(1);
    private final AtomicInteger rounds = new AtomicInteger();
    private final HeldPause pauses = new HeldPause();
    private volatile boolean fails;
    private final SweepTimer timer =
            new SweepTimer(
                    GivenConfig.of("upload"),
                    ledger,
                    new Blocked(ledger, "ledger", answers),
                    pauses,
                    new Backoff(_ -> {}, new Random(2)),
                    new Unhurried());

    /** Takes each deployment up and finishes it when the test lets it. */
    private final class Unhurried implements SweptStage {
        @Override
        public Set<Stage> stages() {
            return Set.of(Stage.RECEIVED);
        }

        @Override
        public void resume(Versioned<DeploymentRecord> read, Instant now) {}

        @Override
        public void resumeUnrecorded(DeploymentId deployment, Instant now) {
            begun.add(deployment);
            await().forever().until(() -> finish.getCount() == 0);
            done.add(deployment);
        }

        @Override
        public void converge(Instant now) {
            if (fails) {
                throw new IllegalStateException("no answer");
            }
            rounds.incrementAndGet();
        }
    }

    private void mark(int drops) {
        for (int drop = 1; drop <= drops; drop++) {
            ledger.mark(
                    Marker.of(
                            Order.of(
                                    new ObjectVersion("drop", "hello.zip", drop),
                                    NOON.toEpochMilli())));
        }
    }

    private void start() {
        timer.resume();
    }

    @AfterEach
    void stop() {
        finish.countDown();
        timer.stop();
        pauses.endAll();
    }

    @Test
    void sweepsAgainAfterEachPause() {
        start();
        await().until(() -> rounds.get() == 1);

        pauses.end();

        await().until(() -> rounds.get() == 2);
    }

    @Test
    void aRoundThatFailsIsTriedAgainAfterAPauseThatIsDrawn() {
        fails = true;
        start();
        int sweeps = 0;
        for (long ceiling : new long[] {30, 60, 120, 120}) {
            int expected = ++sweeps;
            await().until(() -> pauses.asked().size() == expected);
            assertThat(pauses.asked().getLast())
                    .isBetween(Duration.ofMillis(1), Duration.ofSeconds(ceiling));
            pauses.end();
        }
        assertThat(pauses.asked().getFirst()).isNotEqualTo(Duration.ofSeconds(30));

        fails = false;
        pauses.end();

        await().until(() -> pauses.asked().getLast().equals(Duration.ofSeconds(30)));
    }

    @Test
    void takesUpNoMoreAtOnceThanTheWorkersConcurrency() {
        mark(6);

        start();
        await().until(() -> begun.size() == 4);
        finish.countDown();

        await().until(() -> done.size() == 6);
    }

    @Test
    void finishesWhatIsInHandAndTakesNothingElseUpWhenItStops() {
        mark(6);
        start();
        await().until(() -> begun.size() == 4);

        timer.stop();
        finish.countDown();
        timer.awaitStopped(Duration.ofSeconds(10));

        assertThat(done).hasSize(4).containsExactlyInAnyOrderElementsOf(begun);
    }

    @Test
    void takesUpNothingWhileItsStageIsPaused() {
        start();
        await().until(() -> rounds.get() == 1 && pauses.asked().size() == 1);

        timer.pause();
        pauses.end();
        await().until(() -> pauses.asked().size() == 2);
        assertThat(rounds).hasValue(1);

        timer.resume();
        pauses.end();
        await().until(() -> rounds.get() == 2);
    }

    @Test
    void leavesTheRestOfARoundWhenItsStageIsPaused() {
        mark(6);
        start();
        await().until(() -> begun.size() == 4);

        timer.pause();
        finish.countDown();

        await().until(() -> done.size() == 4 && rounds.get() == 1);
        timer.stop();
        timer.awaitStopped(Duration.ofSeconds(10));
        assertThat(begun).hasSize(4);
    }

    @Test
    void waitsNoLongerThanItMayForWhatIsInHand() {
        mark(1);
        start();
        await().until(() -> begun.size() == 1);

        timer.stop();
        timer.awaitStopped(Duration.ofMillis(50));

        assertThat(done).isEmpty();
    }

    @Test
    void waitsNoLongerThanAWorkerHasThoughTheClockWasSetBack() {
        GivenConfig hurried = GivenConfig.of("upload").stoppingWithin(Duration.ofMillis(50));
        SweepTimer other =
                new SweepTimer(
                        hurried,
                        ledger,
                        new Blocked(ledger, "ledger", answers),
                        pauses,
                        new Backoff(_ -> {}, new Random(3)),
                        new Unhurried());
        mark(1);
        other.resume();
        await().until(() -> begun.size() == 1);

        other.stop();
        assertTimeoutPreemptively(
                Duration.ofSeconds(30), () -> other.awaitStopped(Duration.ofHours(6)));

        assertThat(done).isEmpty();
    }

    @Test
    void aRoundThatIsCutShortByTheStopIsNoFailure() {
        start();
        await().until(() -> rounds.get() == 1);
        mark(1);
        try (Logged logged = Logged.by(SweepTimer.class)) {
            timer.stop();
            pauses.end();
            timer.awaitStopped(Duration.ofSeconds(10));

            assertThat(logged.lines()).isEmpty();
        }
        assertThat(begun).isEmpty();
    }
}
