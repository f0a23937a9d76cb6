package dev.slipway.kit.planted;

import java.time.Instant;
import java.time.InstantSource;

/** Decides by the machine's clock, though it came in through the constructor. */
record HoldsAClock(InstantSource clock) {
    boolean isLate(Instant deadline) {
        return clock.instant().isAfter(deadline);
    }
}
