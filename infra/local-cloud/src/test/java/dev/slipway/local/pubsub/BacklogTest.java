package dev.slipway.local.pubsub;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.pubsub.v1.ReceivedMessage;
import dev.slipway.local.pubsub.Entry.Place;
import io.grpc.StatusRuntimeException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.RepeatedTest;
import org.junit.jupiter.api.RepetitionInfo;

/** Random schedules of what can happen to messages with and without ordering keys. */
class BacklogTest {
    private static final int STEPS = 400;
    private static final List<String> KEYS = List.of("", "a", "b");

    private final Backlog backlog = new Backlog();
    private final List<Entry> all = new ArrayList<>();
    private final List<Entry> finished = new ArrayList<>();
    private final Counting consumer = new Counting();
    private long now;

    @RepeatedTest(200)
    void finishesEveryMessageOnceAndThoseOfAKeyInOrder(RepetitionInfo repetition) {
        Random random = new Random(repetition.getCurrentRepetition());
        for (int step = 0; step < STEPS; step++) {
            step(random);
        }
        while (finished.size() < all.size()) {
            pass(100);
            while (backlog.hasReady()) {
                take(3).forEach(this::acknowledge);
            }
        }

        assertThat(finished).containsExactlyInAnyOrderElementsOf(all);
        assertThat(consumer.outstanding).isZero();
        for (String key : KEYS.subList(1, KEYS.size())) {
            assertThat(finished.stream().filter(one -> one.orderingKey.equals(key)))
                    .isSortedAccordingTo((a, b) -> Long.compare(a.sequence, b.sequence));
        }
    }

    private void step(Random random) {
        List<Entry> leased =
                all.stream()
                        .filter(one -> backlog.find(one.sequence) == one)
                        .filter(one -> one.place == Place.LEASED)
                        .toList();
        switch (random.nextInt(6)) {
            case 0, 1 -> publish(KEYS.get(random.nextInt(KEYS.size())));
            case 2 -> {
                if (backlog.hasReady()) {
                    take(1 + random.nextInt(4));
                }
            }
            case 3 -> pick(leased, random).forEach(this::acknowledge);
            case 4 ->
                    pick(leased, random)
                            .forEach(one -> backlog.giveBack(one, now + random.nextInt(4), now));
            default -> pass(random.nextInt(6));
        }
    }

    private static List<Entry> pick(List<Entry> from, Random random) {
        return from.isEmpty() ? List.of() : List.of(from.get(random.nextInt(from.size())));
    }

    private void publish(String key) {
        Entry entry = new Entry(all.size() + 1L, 1, key, Instant.EPOCH);
        all.add(entry);
        backlog.add(entry);
    }

    private List<Entry> take(int most) {
        List<Entry> taken = backlog.take(most);
        Entry first = taken.getFirst();
        if (first.ordered()) {
            List<Entry> unfinished =
                    all.stream()
                            .filter(one -> one.orderingKey.equals(first.orderingKey))
                            .filter(one -> backlog.find(one.sequence) != null)
                            .toList();
            assertThat(unfinished).startsWith(taken.toArray(Entry[]::new));
            assertThat(unfinished).noneMatch(one -> one.place == Place.LEASED);
        } else {
            assertThat(taken).hasSize(1);
        }
        for (Entry one : taken) {
            assertThat(one.place).isEqualTo(Place.WAITING);
            backlog.lease(one, consumer, 1, now + 10);
            consumer.outstanding++;
        }
        return taken;
    }

    private void acknowledge(Entry entry) {
        finished.addAll(backlog.acknowledge(entry));
    }

    private void pass(long time) {
        now += time;
        for (Entry one : backlog.due(now)) {
            if (one.place == Place.LEASED) {
                backlog.giveBack(one, now, now);
            } else if (one.place == Place.DELAYED) {
                backlog.wake(one);
            }
        }
    }

    /** Counts what it has. */
    private static final class Counting implements Consumer {
        private int outstanding;

        @Override
        public int room() {
            return Integer.MAX_VALUE;
        }

        @Override
        public Duration lease(Duration usual) {
            return usual;
        }

        @Override
        public void take(ReceivedMessage message, int bytes) {}

        @Override
        public void flush() {}

        @Override
        public void released(int bytes) {
            outstanding -= bytes;
        }

        @Override
        public boolean done() {
            return false;
        }

        @Override
        public void end(StatusRuntimeException why) {}
    }
}
