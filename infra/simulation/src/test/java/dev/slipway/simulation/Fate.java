package dev.slipway.simulation;

/** How one call to the outside goes. */
enum Fate {
    /** It is done and answered. */
    OK,
    /** It is not done, and an error is answered. */
    ERROR_BEFORE,
    /** It is done, and an error is answered. */
    ERROR_AFTER,
    /** The process dies, and it is not done. */
    CRASH_BEFORE,
    /** It is done, and the process dies. */
    CRASH_AFTER,
    /**
     * The process stands still for longer than the bus waits for an acknowledgement; then it is
     * done.
     */
    PAUSE,
    /** An error is answered, and long afterwards it is done all the same. */
    LATE
}
