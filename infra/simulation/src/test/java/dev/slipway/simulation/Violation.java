package dev.slipway.simulation;

import java.io.Serial;

/** Something happened that must not; its message begins with the invariant's number. */
final class Violation extends RuntimeException {
    @Serial private static final long serialVersionUID = 1;

    Violation(String invariant, String what) {
        super(invariant + ": " + what);
    }
}
