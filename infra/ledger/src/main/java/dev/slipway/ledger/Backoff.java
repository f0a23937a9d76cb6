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

    /** What the store asks is not followed for longer: somebody waits, and a lease runs out. */
    private static final Duration LONGEST_ASKED = Duration.ofSeconds(30);

    private final Pause pause;
    private final RandomGenerator random;

    /** Waits through {@code pause}, for times that {@code random} picks. */
    public Backoff(Pause pause, RandomGenerator random) {
        this.pause = pause;
        this.random = random;
    }

    /** Waits before the given try, counted from 0. */
    public void before(int attempt) {
        before(attempt, Duration.ZERO);
    }

    /** Where the next pause lies, for whoever records it or waits for it elsewhere. */
    public Jitter jitter() {
        return new Jitter(random.nextDouble());
    }

    /** Jittered all the same: who were asked together must not come together. */
    private void before(int attempt, Duration asked) {
        if (attempt > 0) {
            Duration heard = asked.compareTo(LONGEST_ASKED) > 0 ? LONGEST_ASKED : asked;
            long ceiling = Math.min(LONGEST_MILLIS, FIRST_MILLIS << Math.min(attempt, 10));
            pause.pause(heard.plusMillis(random.nextLong(ceiling) + 1));
        }
    }

    /** Asks again while the store is busy, and not before it wants to be asked. */
    public <T> T whileBusy(Supplier<T> ask) {
        Duration asked = Duration.ZERO;
        for (int attempt = 0; ; attempt++) {
            before(attempt, asked);
            try {
                return ask.get();
            } catch (StoreUnavailable e) {
                if (!e.busy() || attempt >= TRIES) {
                    throw e;
                }
                asked = e.retryAfter();
            }
        }
    }
}
