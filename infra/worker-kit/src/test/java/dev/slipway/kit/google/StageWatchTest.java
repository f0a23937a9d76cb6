package dev.slipway.kit.google;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.slipway.kit.HeldPause;
import dev.slipway.ledger.Backoff;
import dev.slipway.ledger.InMemoryObjectStore;
import dev.slipway.ledger.Ledger;
import dev.slipway.ledger.ObjectStore;
import dev.slipway.ledger.StagePause;
import dev.slipway.ledger.StoreUnavailable;
import io.quarkus.runtime.StartupEvent;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.UUID;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicInteger;
import org.eclipse.microprofile.health.HealthCheckResponse;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class StageWatchTest {
    private static final Instant NOON = Instant.parse("2026-01-01T12:00:00Z");

    private final InMemoryObjectStore kept = new InMemoryObjectStore(() -> NOON);
    private final Asked store = new Asked(kept);
    private final Ledger operator = ledger(kept);
    private final List<String> told = new CopyOnWriteArrayList<>();
    private final HeldPause pauses = new HeldPause();
    private final Prerequisites prerequisites =
            new Prerequisites(List::of, _ -> {}, new Backoff(_ -> {}, new Random(1)));
    private final StageWatch watch =
            new StageWatch(
                    "build",
                    prerequisites,
                    ledger(store),
                    pauses,
                    new Backoff(_ -> {}, new Random(2)),
                    List.of(new Told()));
    private final StageReady health = new StageReady(watch);

    private static Ledger ledger(ObjectStore store) {
        return new Ledger(
                store, () -> UUID.randomUUID().toString(), new Backoff(_ -> {}, new Random(1)));
    }

    /** Notes what it is told. */
    private final class Told implements StageWork {
        @Override
        public void resume() {
            told.add("resume");
        }

        @Override
        public void pause() {
            told.add("pause");
        }
    }

    /** A store that counts what it is asked, and does not answer while a test wants it not to. */
    private static final class Asked implements ObjectStore {
        private final ObjectStore store;
        private final AtomicInteger gets = new AtomicInteger();
        private volatile boolean away;

        Asked(ObjectStore store) {
            this.store = store;
        }

        @Override
        public Optional<Stored> get(String name) {
            gets.incrementAndGet();
            if (away) {
                throw new StoreUnavailable("it is away", false, null);
            }
            return store.get(name);
        }

        @Override
        public Write create(String name, byte[] body) {
            throw new AssertionError("a worker only looks");
        }

        @Override
        public Write swap(String name, long generation, byte[] body) {
            throw new AssertionError("a worker only looks");
        }

        @Override
        public boolean delete(String name, long generation) {
            throw new AssertionError("a worker only looks");
        }

        @Override
        public List<Listed> list(String prefix, int atMost) {
            throw new AssertionError("a worker only looks");
        }
    }

    private void start() {
        watch.start(new StartupEvent());
        prerequisites.started(new StartupEvent());
        awaitLooks(1);
    }

    private void awaitLooks(int looks) {
        await().until(() -> pauses.asked().size() == looks);
    }

    private void lookAgain() {
        int looks = pauses.asked().size();
        pauses.end();
        awaitLooks(looks + 1);
    }

    @AfterEach
    void stop() {
        watch.stop();
        prerequisites.stop();
        pauses.endAll();
    }

    @Test
    void aStageThatWasNeverPausedGoesOnAndCostsOneReadEveryFiveSeconds() {
        start();
        lookAgain();

        assertThat(told).containsExactly("resume");
        assertThat(store.gets).hasValue(2);
        assertThat(pauses.asked()).containsOnly(Duration.ofSeconds(5));
    }

    @Test
    void followsTheOperatorThereAndBack() {
        start();
        operator.pauseStage("build");
        lookAgain();
        lookAgain();
        operator.resumeStage("build");
        lookAgain();

        assertThat(told).containsExactly("resume", "pause", "resume");
        assertThat(watch.seen().map(StagePause::resumed)).contains(NOON);
    }

    @Test
    void anotherStagesPauseIsNotItsOwn() {
        operator.pauseStage("deploy");
        start();

        assertThat(told).containsExactly("resume");
    }

    @Test
    void aWorkerThatStartsWhileItsStageIsPausedBeginsNothing() {
        operator.pauseStage("build");
        start();

        assertThat(told).containsExactly("pause");
        HealthCheckResponse ready = health.call();
        assertThat(ready.getStatus()).isEqualTo(HealthCheckResponse.Status.UP);
        assertThat(ready.getData()).contains(Map.of("paused", NOON.toString()));
    }

    @Test
    void nothingBeginsAndNobodyIsReadyBeforeTheLedgerWasRead() {
        store.away = true;
        start();
        assertThat(told).isEmpty();
        assertThat(health.call().getStatus()).isEqualTo(HealthCheckResponse.Status.DOWN);

        store.away = false;
        lookAgain();

        assertThat(told).containsExactly("resume");
        assertThat(health.call().getStatus()).isEqualTo(HealthCheckResponse.Status.UP);
    }

    @Test
    void aLedgerThatIsAwayIsAskedAgainAfterAPauseThatIsDrawn() {
        store.away = true;
        start();
        assertThat(pauses.asked().getFirst())
                .isBetween(Duration.ofMillis(1), Duration.ofMillis(4999));
        for (long ceiling : new long[] {10, 20, 30, 30}) {
            lookAgain();
            assertThat(pauses.asked().getLast())
                    .isBetween(Duration.ofMillis(1), Duration.ofSeconds(ceiling));
        }

        store.away = false;
        lookAgain();

        assertThat(pauses.asked().getLast()).isEqualTo(Duration.ofSeconds(5));
    }

    @Test
    void aLedgerThatIsAwayChangesNothing() {
        operator.pauseStage("build");
        start();
        store.away = true;
        lookAgain();

        assertThat(told).containsExactly("pause");
        assertThat(watch.seen().map(StagePause::paused)).contains(true);
    }
}
