package dev.slipway.local.pubsub;

import java.time.Duration;

/**
 * How many pushes of one subscription may be on their way. It doubles with each round that is
 * accepted and halves with each refusal. Without a retry policy, refusals also stop everything for
 * 100 ms at first and 60 s at most (Pub/Sub's push backoff). Thread-safe.
 */
final class Window {
    private static final int FIRST = 8;
    private static final int LARGEST = 100;
    private static final Duration SHORTEST_PAUSE = Duration.ofMillis(100);
    private static final Duration LONGEST_PAUSE = Duration.ofSeconds(60);

    private int size = FIRST;
    private Duration pause = Duration.ZERO;
    private long pausedUntil = System.nanoTime();

    /** 0 during a pause. */
    synchronized int size() {
        return pausing() ? 0 : size;
    }

    synchronized void grow() {
        size = Math.min(LARGEST, size + 1);
        pause = Duration.ZERO;
    }

    /**
     * Notes a refusal.
     *
     * @param pauses whether there is no retry policy to hold the message back
     * @return how long the pause is that begins now; zero if none does
     */
    synchronized Duration shrink(boolean pauses) {
        size = Math.max(1, size / 2);
        if (!pauses || pausing()) {
            return Duration.ZERO; // those who were on their way when the pause began do not add
        }
        pause = pause.isZero() ? SHORTEST_PAUSE : pause.multipliedBy(2);
        pause = pause.compareTo(LONGEST_PAUSE) > 0 ? LONGEST_PAUSE : pause;
        pausedUntil = System.nanoTime() + pause.toNanos();
        return pause;
    }

    private boolean pausing() {
        return System.nanoTime() - pausedUntil < 0;
    }
}
