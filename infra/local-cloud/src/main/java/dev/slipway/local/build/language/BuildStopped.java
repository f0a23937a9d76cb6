package dev.slipway.local.build.language;

/** Somebody stopped the build; how it ends is theirs to say. */
public final class BuildStopped extends Exception {
    private static final long serialVersionUID = 1;

    /** Stops here. */
    public BuildStopped() {
        super("the build is stopped");
    }
}
