package dev.slipway.kit.planted;

import java.time.Instant;

/** Reads the machine's clock. */
final class LooksAtTheClock {
    private LooksAtTheClock() {}

    static Instant now() {
        return Instant.now();
    }
}
