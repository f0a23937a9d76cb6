package dev.slipway.archive.fuzz;

import org.jspecify.annotations.Nullable;

/**
 * What came of one archive.
 *
 * @param problem what is wrong with it, or null
 */
record Outcome(boolean accepted, @Nullable Problem problem) {
    /** All that must not happen. */
    enum Kind {
        REFUSED,
        OTHER_TREE,
        CRASH,
        HANG
    }

    /** A violation, in words. */
    record Problem(Kind kind, String what) {}

    static Outcome refused() {
        return new Outcome(false, null);
    }

    static Outcome right() {
        return new Outcome(true, null);
    }

    static Outcome wrong(Kind kind, String what) {
        return new Outcome(kind != Kind.REFUSED, new Problem(kind, what));
    }
}
