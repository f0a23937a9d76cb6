package dev.slipway.local.build;

/** The source cannot be had as it was asked for. */
final class SourceMissing extends Exception {
    private static final long serialVersionUID = 1;

    SourceMissing(String message) {
        super(message);
    }

    String sentence() {
        return String.valueOf(getMessage());
    }
}
