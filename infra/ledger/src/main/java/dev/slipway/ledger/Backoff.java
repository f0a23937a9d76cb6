package dev.slipway.ledger;

import java.time.Duration;
import java.util.function.Supplier;
import java.util.random.RandomGenerator;

/**
 * Full jitter: one object of Cloud Storage takes about one write a second, so who lost a race waits
 * a little.
 */
public final class Backoff {
    private static final long FIRST_MILLIS = 40;
    private static final long LONGEST_MILLIS = 2000;
    private static final int TRIES = 12;

    private final Pause pause;
    private final RandomGenerator random;

    /** Waits through {@code pause}, for times that {@code random} picks. */
    public Backoff(Pause pause, RandomGenerator random) {
        this.pause = pause;
        this.random = random;
    }

    /** Waits before the given try, counted from 0. */
    public void before(int attempt) {
        if (attempt > 0) {
            long ceiling = Math.min(LONGEST_MILLIS, FIRST_MILLIS << Math.min(attempt, 10));
            pause.pause(Duration.ofMillis(random.nextLong(ceiling) + 1));
        }
    }

    /** Asks again while the store is busy. */
    public <T> T whileBusy(Supplier<T> ask) {
        for (int attempt = 0; ; attempt++) {
            before(attempt);
            try {
                return ask.get();
            } catch (StoreUnavailable e) {
                if (!e.busy() || attempt >= TRIES) {
                    throw e;
                }
            }
        }
    }
}
