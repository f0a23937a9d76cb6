package dev.slipway.kit.google;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.api.gax.grpc.GrpcStatusCode;
import com.google.api.gax.rpc.ApiExceptionFactory;
import com.google.api.gax.rpc.ErrorDetails;
import com.google.cloud.storage.StorageException;
import com.google.protobuf.Any;
import com.google.rpc.RetryInfo;
import dev.slipway.kit.FailureKind;
import dev.slipway.kit.GatewayException;
import io.grpc.Status;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

class GoogleFailuresTest {
    private static GatewayException of(Status.Code code, String message) {
        return GoogleFailures.of(
                "read the build b",
                ApiExceptionFactory.createException(message, null, GrpcStatusCode.of(code), false));
    }

    @ParameterizedTest
    @CsvSource({
        "CANCELLED, TRANSIENT",
        "UNKNOWN, TRANSIENT",
        "DEADLINE_EXCEEDED, TRANSIENT",
        "INTERNAL, TRANSIENT",
        "UNAVAILABLE, TRANSIENT",
        "DATA_LOSS, TRANSIENT",
        "RESOURCE_EXHAUSTED, BUSY",
        "ABORTED, CONFLICT",
        "PERMISSION_DENIED, DENIED",
        "UNAUTHENTICATED, DENIED",
        "NOT_FOUND, NOT_FOUND",
        "ALREADY_EXISTS, ALREADY_EXISTS",
        "INVALID_ARGUMENT, REFUSED",
        "FAILED_PRECONDITION, REFUSED",
        "OUT_OF_RANGE, REFUSED",
        "UNIMPLEMENTED, REFUSED"
    })
    void aStatusIsAKindOfFailure(Status.Code code, FailureKind kind) {
        assertThat(of(code, "no").kind()).isEqualTo(kind);
    }

    @ParameterizedTest
    @CsvSource({
        "0, TRANSIENT",
        "400, REFUSED",
        "401, DENIED",
        "403, DENIED",
        "404, NOT_FOUND",
        "408, TRANSIENT",
        "409, ALREADY_EXISTS",
        "412, CONFLICT",
        "413, REFUSED",
        "429, BUSY",
        "500, TRANSIENT",
        "501, REFUSED",
        "503, TRANSIENT"
    })
    void anAnswerOfCloudStorageIsAKindOfFailure(int status, FailureKind kind) {
        assertThat(GoogleFailures.of("write o", new StorageException(status, "no")).kind())
                .isEqualTo(kind);
    }

    @ParameterizedTest
    @EnumSource
    void onlyWhatMayPassIsWorthRetrying(FailureKind kind) {
        boolean passes =
                switch (kind) {
                    case TRANSIENT, BUSY, CONFLICT, DENIED -> true;
                    case NOT_FOUND, ALREADY_EXISTS, REFUSED -> false;
                };

        assertThat(kind.worthRetrying()).isEqualTo(passes);
    }

    @Test
    void saysWhatWasTriedAndAnsweredAndNothingThatSteersATerminal() {
        assertThat(of(Status.Code.NOT_FOUND, "no\u001b[31m build").sentence())
                .isEqualTo(
                        "tried to read the build b but the answer was NOT_FOUND: no\\u{1b}[31m build");
    }

    private static GatewayException asking(Duration pause) {
        RetryInfo info =
                RetryInfo.newBuilder()
                        .setRetryDelay(
                                com.google.protobuf.Duration.newBuilder()
                                        .setSeconds(pause.getSeconds())
                                        .setNanos(pause.getNano()))
                        .build();
        return GoogleFailures.of(
                "submit the build b",
                ApiExceptionFactory.createException(
                        Status.RESOURCE_EXHAUSTED.asRuntimeException(),
                        GrpcStatusCode.of(Status.Code.RESOURCE_EXHAUSTED),
                        false,
                        ErrorDetails.builder()
                                .setRawErrorMessages(List.of(Any.pack(info)))
                                .build()));
    }

    @Test
    void hearsForHowLongItIsAskedToLeaveTheApiAlone() {
        assertThat(asking(Duration.ofMillis(90_500)).retryAfter())
                .isEqualTo(Duration.ofMillis(90_500));
        assertThat(asking(Duration.ofSeconds(-1)).retryAfter()).isZero();
        assertThat(asking(Duration.ofDays(10_000)).retryAfter()).isEqualTo(Duration.ofDays(1));
        assertThat(of(Status.Code.RESOURCE_EXHAUSTED, "no").retryAfter()).isZero();
    }

    @Test
    void keepsALongAnswerShort() {
        assertThat(of(Status.Code.INTERNAL, "x".repeat(5000)).sentence()).hasSizeLessThan(1100);
    }
}
