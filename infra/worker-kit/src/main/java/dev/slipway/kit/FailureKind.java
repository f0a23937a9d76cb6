package dev.slipway.kit;

/** Why the outside could not do what was asked. */
public enum FailureKind {
    /** It may work at once or soon: 5xx, a broken connection, a deadline. */
    TRANSIENT(true),
    /** It asks for a pause: 429, RESOURCE_EXHAUSTED. */
    BUSY(true),
    /** Somebody else wrote first: ABORTED, 409 on an etag. */
    CONFLICT(true),
    /** Permission is missing; one that was just granted may take minutes to spread. */
    DENIED(true),
    /** What was asked of is not there. */
    NOT_FOUND(false),
    /** There is one already. */
    ALREADY_EXISTS(false),
    /**
     * It will never accept this: INVALID_ARGUMENT, FAILED_PRECONDITION, OUT_OF_RANGE,
     * UNIMPLEMENTED.
     */
    REFUSED(false);

    private final boolean worthRetrying;

    FailureKind(boolean worthRetrying) {
        this.worthRetrying = worthRetrying;
    }

    /** Whether asking again, unchanged, can succeed. */
    public boolean worthRetrying() {
        return worthRetrying;
    }
}
