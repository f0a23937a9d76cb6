package dev.slipway.ledger;

import java.time.Duration;

/** Waits; tests move a clock instead. */
@FunctionalInterface
public interface Pause {
    /** Returns after the duration, or earlier with the interrupt flag set. */
    void pause(Duration duration);
}
