package dev.slipway.ledger;

import java.time.Instant;

/** Whether this process sweeps a stage now. It saves work; two sweepers at once do no harm. */
public sealed interface SweepTurn {
    /** What stands, to be shown with the next question. */
    long generation();

    /**
     * It is our turn; {@code now} is the storage's clock, the only one that ages are measured by.
     */
    record Mine(long generation, Instant now) implements SweepTurn {}

    /** Another process sweeps. */
    record Theirs(long generation) implements SweepTurn {}
}
