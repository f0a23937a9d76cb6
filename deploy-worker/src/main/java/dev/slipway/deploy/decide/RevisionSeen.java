package dev.slipway.deploy.decide;

import org.jspecify.annotations.Nullable;

/**
 * A revision as Cloud Run shows it.
 *
 * @param name the short one
 * @param failure why it failed, if it did
 * @param origin absent for a revision that Slipway did not make
 * @param logUrl where people read what it printed
 */
public record RevisionSeen(
        String name,
        State state,
        @Nullable Failure failure,
        @Nullable Origin origin,
        @Nullable String logUrl) {
    /** How its start went. */
    public enum State {
        /** Cloud Run has not decided. */
        UNDECIDED,
        /** It can serve. */
        READY,
        /** It cannot, and Cloud Run does not try again. */
        FAILED
    }

    /** Why it failed, in Cloud Run's words. */
    public record Failure(Cause cause, String message) {
        /** Whose turn it is after that. */
        public enum Cause {
            /** The container did not come up: whoever wrote it. */
            CONTAINER,
            /** Something it needs may not be used, or is not there: the operator. */
            PERMISSION,
            /** Cloud Run itself: another try may succeed. */
            PLATFORM
        }
    }
}
