package dev.slipway.local.build;

import com.google.cloudbuild.v1.Build.FailureInfo.FailureType;

/** The registry did not take the image. */
final class PushFailed extends Exception {
    private static final long serialVersionUID = 1;

    private final FailureType type;

    PushFailed(FailureType type, String message) {
        super(message);
        this.type = type;
    }

    FailureType type() {
        return type;
    }

    String sentence() {
        return String.valueOf(getMessage());
    }
}
