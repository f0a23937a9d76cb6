package dev.slipway.cli.answers;

import dev.slipway.ledger.Pause;
import java.time.Duration;
import java.time.InstantSource;

/**
 * How often something is looked at.
 *
 * @param atLeast the longest time between two looks
 */
public record Pace(Duration atLeast, InstantSource clock, Pause pause) {
    /** How often one answer is looked at where nothing else is. */
    public static final Duration OFTEN = Duration.ofMillis(200);

    private static final int EIGHTH = 8;

    /** News come close together: soon after some, more are looked for eight times as often. */
    void pauseAfter(Duration silent) {
        Duration shortest = atLeast.dividedBy(EIGHTH);
        Duration part = silent.dividedBy(EIGHTH);
        Duration next = part.compareTo(shortest) < 0 ? shortest : part;
        pause.pause(next.compareTo(atLeast) < 0 ? next : atLeast);
    }
}
