package dev.slipway.deploy;

import dev.slipway.ledger.Pause;
import java.time.Duration;

/** How long one look after a rollout goes on, with pauses that grow. */
final class Patience {
    private static final Duration FIRST = Duration.ofMillis(5);
    private static final Duration LONGEST = Duration.ofSeconds(4);

    private final Pause pause;
    private Duration left;
    private Duration next = FIRST;

    Patience(Pause pause, Duration atMost) {
        this.pause = pause;
        this.left = atMost;
    }

    /** Waits a little; false, at once, where it has waited enough. */
    boolean lasts() {
        if (left.compareTo(next) < 0 || Thread.currentThread().isInterrupted()) {
            return false;
        }
        pause.pause(next);
        left = left.minus(next);
        Duration longer = next.multipliedBy(7).dividedBy(6); // late by a sixth of the wait at most
        next = longer.compareTo(LONGEST) > 0 ? LONGEST : longer;
        return true;
    }

    /** How much is left of it. */
    Duration left() {
        return left;
    }

    /** Something moved: look again soon. */
    void refresh() {
        next = FIRST;
    }
}
