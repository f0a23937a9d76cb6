package dev.slipway.ledger;

import java.time.Duration;

/**
 * Full jitter: where a pause lies between nothing and its ceiling. It is drawn for each pause, so
 * that those who failed together do not come again together.
 *
 * @param share from 0 to 1
 */
public record Jitter(double share) {
    private static final int MOST_DOUBLINGS = 30;

    /** Refuses what is no share. */
    public Jitter {
        if (!(share >= 0 && share <= 1)) {
            throw new IllegalArgumentException(share + " is not between 0 and 1");
        }
    }

    /** A pause of this at most. */
    public Duration below(Duration ceiling) {
        return Duration.ofMillis(Math.max(1, (long) (share * ceiling.toMillis())));
    }

    /**
     * A pause under a ceiling that doubles with each failure.
     *
     * @param failures how many there were in a row, the last one counted
     * @param first the first ceiling
     * @param longest where it stops growing
     */
    public Duration after(int failures, Duration first, Duration longest) {
        int doublings = Math.clamp(failures - 1L, 0, MOST_DOUBLINGS);
        return below(shorter(first.multipliedBy(1L << doublings), longest));
    }

    /**
     * A pause under a ceiling as long as it has lasted: with each pause it grows by half, mostly.
     *
     * @param lasted for how long it has not worked
     * @param first the first ceiling
     * @param longest where it stops growing
     */
    public Duration lasting(Duration lasted, Duration first, Duration longest) {
        return below(shorter(lasted.compareTo(first) < 0 ? first : lasted, longest));
    }

    private static Duration shorter(Duration one, Duration other) {
        return one.compareTo(other) < 0 ? one : other;
    }
}
