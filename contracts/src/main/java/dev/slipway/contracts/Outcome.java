package dev.slipway.contracts;

/** How a deployment ends; every drop has exactly one. */
public enum Outcome {
    /** The revision serves and everything wanted around it is ready. */
    LIVE,
    /** The same source, build and manifest were live already. */
    UNCHANGED,
    /** A newer drop or request took its place. */
    SUPERSEDED,
    /** The archive or its manifest cannot be deployed as it is. */
    REJECTED,
    /** Build or deploy did not succeed; the previous revision keeps serving. */
    FAILED,
    /** Somebody took it back. */
    CANCELLED;

    /** Whether the uploader's bytes are what serves now. */
    public boolean succeeded() {
        return this == LIVE || this == UNCHANGED;
    }
}
