package dev.slipway.local.build;

import com.google.cloudbuild.v1.Build.Status;

/** Which statuses are the last. */
final class Statuses {
    private Statuses() {}

    static boolean isFinal(Status status) {
        return switch (status) {
            case STATUS_UNKNOWN, PENDING, QUEUED, WORKING, UNRECOGNIZED -> false;
            case SUCCESS, FAILURE, INTERNAL_ERROR, TIMEOUT, CANCELLED, EXPIRED -> true;
        };
    }
}
