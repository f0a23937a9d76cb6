package dev.slipway.cli.installation;

import com.google.cloud.storage.StorageException;
import dev.slipway.cli.terminal.Problem;
import dev.slipway.contracts.Shown;

/** What Cloud Storage's refusals mean to whoever runs a command. */
public final class Refused {
    private static final int UNAUTHENTICATED = 401;
    private static final int FORBIDDEN = 403;
    private static final int NOT_FOUND = 404;

    private Refused() {}

    /**
     * The problem behind a refusal of the drop bucket.
     *
     * @param tried what was tried, as in {@code cannot list gs://bucket}
     */
    public static Problem of(String tried, Cloud cloud, StorageException refusal) {
        return of(tried, cloud, cloud.dropBucket(), refusal);
    }

    /** The same of the bucket with the records. */
    public static Problem byLedger(String tried, Cloud cloud, StorageException refusal) {
        return of(tried, cloud, cloud.ledgerBucket(), refusal);
    }

    private static Problem of(String tried, Cloud cloud, String bucket, StorageException refusal) {
        String found = Shown.of(String.valueOf(refusal.getMessage()));
        return Problem.failed(
                tried + " in " + cloud.shown() + ": " + found,
                nextStep(cloud, bucket, refusal),
                refusal);
    }

    private static String nextStep(Cloud cloud, String bucket, StorageException refusal) {
        return switch (cloud) {
            case Cloud.Local _ -> "Look at ./slipway status, then try again.";
            case Cloud.Google _ ->
                    switch (refusal.getCode()) {
                        case NOT_FOUND ->
                                "Check --project, --installation and --bucket; "
                                        + bucket
                                        + " was asked for.";
                        case UNAUTHENTICATED ->
                                "Run gcloud auth application-default login, then try again.";
                        case FORBIDDEN ->
                                "Ask for read and write access to objects of gs://"
                                        + bucket
                                        + " (roles/storage.objectUser).";
                        default -> nextStep(refusal);
                    };
        };
    }

    /** A token that cannot be had is told as a failure without a code. */
    private static String nextStep(StorageException refusal) {
        return String.valueOf(refusal.getMessage()).contains("access token")
                ? "Run gcloud auth application-default login, then try again."
                : "Try again; if it stays, look at status.cloud.google.com.";
    }
}
