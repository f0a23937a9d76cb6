package dev.slipway.local.build.language;

/**
 * A build ends as FAILURE; the message says what was found and what to do, for the source's owner.
 */
public final class BuildFailed extends Exception {
    private static final long serialVersionUID = 1;

    /** Fails with a sentence that stands in the build's log and its status. */
    public BuildFailed(String message) {
        super(message);
    }

    /** The sentence. */
    public String sentence() {
        return String.valueOf(getMessage());
    }
}
