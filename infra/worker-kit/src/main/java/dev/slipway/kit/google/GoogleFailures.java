package dev.slipway.kit.google;

import com.google.api.gax.rpc.ApiException;
import com.google.api.gax.rpc.StatusCode;
import com.google.cloud.storage.StorageException;
import com.google.rpc.RetryInfo;
import dev.slipway.contracts.Shown;
import dev.slipway.kit.FailureKind;
import dev.slipway.kit.GatewayException;
import dev.slipway.ledger.google.AskedPause;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/** Google's status codes as kinds of failure. */
public final class GoogleFailures {
    private static final int MOST_SECONDS = 86_400;

    private GoogleFailures() {}

    /**
     * A failed call in our words.
     *
     * @param tried what was tried, on what
     */
    public static GatewayException of(String tried, ApiException failure) {
        StatusCode.Code code = failure.getStatusCode().getCode();
        return new GatewayException(
                kind(code),
                tried,
                "the answer was " + code + ": " + Shown.of(text(failure), 1000),
                failure,
                retryAfter(failure));
    }

    /** {@code google.rpc.RetryInfo} in the status' details. */
    private static @Nullable Duration retryAfter(ApiException failure) {
        RetryInfo asked =
                failure.getErrorDetails() == null ? null : failure.getErrorDetails().getRetryInfo();
        return asked == null
                ? null
                : Duration.ofSeconds(
                        Math.clamp(asked.getRetryDelay().getSeconds(), 0, MOST_SECONDS),
                        asked.getRetryDelay().getNanos());
    }

    /**
     * A failed call to Cloud Storage in our words.
     *
     * @param tried what was tried, on what
     */
    public static GatewayException of(String tried, StorageException failure) {
        return new GatewayException(
                kind(failure.getCode()),
                tried,
                "Cloud Storage answered "
                        + failure.getCode()
                        + ": "
                        + Shown.of(text(failure), 1000),
                failure,
                AskedPause.in(failure));
    }

    private static String text(Exception failure) {
        return String.valueOf(failure.getMessage());
    }

    private static FailureKind kind(StatusCode.Code code) {
        return switch (code) {
            case RESOURCE_EXHAUSTED -> FailureKind.BUSY;
            case ABORTED -> FailureKind.CONFLICT;
            case NOT_FOUND -> FailureKind.NOT_FOUND;
            case ALREADY_EXISTS -> FailureKind.ALREADY_EXISTS;
            case PERMISSION_DENIED, UNAUTHENTICATED -> FailureKind.DENIED;
            case INVALID_ARGUMENT, FAILED_PRECONDITION, OUT_OF_RANGE, UNIMPLEMENTED ->
                    FailureKind.REFUSED;
            case OK, CANCELLED, UNKNOWN, DEADLINE_EXCEEDED, INTERNAL, UNAVAILABLE, DATA_LOSS ->
                    FailureKind.TRANSIENT;
        };
    }

    private static FailureKind kind(int status) {
        return switch (status) {
            case 401, 403 -> FailureKind.DENIED;
            case 404 -> FailureKind.NOT_FOUND;
            case 409 -> FailureKind.ALREADY_EXISTS;
            case 412 -> FailureKind.CONFLICT;
            case 429 -> FailureKind.BUSY;
            case 400, 405, 411, 413, 501 -> FailureKind.REFUSED;
            default -> FailureKind.TRANSIENT;
        };
    }
}
