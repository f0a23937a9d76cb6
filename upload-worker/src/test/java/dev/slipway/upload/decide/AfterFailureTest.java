package dev.slipway.upload.decide;

import static org.assertj.core.api.Assertions.assertThat;

import dev.slipway.contracts.Reason;
import dev.slipway.contracts.Verdict;
import dev.slipway.kit.FailureKind;
import dev.slipway.ledger.Waiting;
import dev.slipway.upload.decide.UploadStep.End;
import dev.slipway.upload.decide.UploadStep.Wait;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

class AfterFailureTest {
    private static final Instant SINCE = Instant.parse("2026-01-01T00:00:00Z");

    private static Optional<UploadStep> after(FailureKind kind, Duration later) {
        return after(kind, later, Duration.ZERO);
    }

    private static Optional<UploadStep> after(FailureKind kind, Duration later, Duration asked) {
        return AfterFailure.toStage(kind, "tried but not", SINCE, SINCE.plus(later), asked);
    }

    private static Optional<UploadStep> pause(Duration later) {
        return Optional.of(
                new Wait(new Waiting(Waiting.Cause.PLATFORM, SINCE.plus(later).plusSeconds(30))));
    }

    private static Optional<UploadStep> failed() {
        return Optional.of(
                new End(
                        Verdict.of(
                                Reason.STAGING_FAILED,
                                "The verified source was not staged: tried but not.")));
    }

    @ParameterizedTest
    @EnumSource(names = {"TRANSIENT", "CONFLICT"})
    void theUnexpectedIsTriedAgain(FailureKind kind) {
        assertThat(after(kind, Duration.ZERO)).isEmpty();
        assertThat(after(kind, Duration.ofHours(1))).isEmpty();
    }

    @Test
    void aBusyPlatformIsWaitedForAsLongAsTheDeadlineLets() {
        Duration later = Duration.ofMinutes(9);

        assertThat(after(FailureKind.BUSY, later)).isEqualTo(pause(later));
    }

    @Test
    void aPermissionMaySpreadForAWhile() {
        Duration limit = AfterFailure.PERMISSION_SPREADS;

        assertThat(after(FailureKind.DENIED, limit.minusMillis(1)))
                .isEqualTo(pause(limit.minusMillis(1)));
        assertThat(after(FailureKind.DENIED, limit)).isEqualTo(failed());
        assertThat(limit).isLessThan(UploadDecision.VERIFIED_WITHIN);
    }

    @ParameterizedTest
    @CsvSource({"1, 30", "29, 30", "31, 31", "600, 600", "601, 600", "86400, 600"})
    void aPlatformThatSaysForHowLongIsLeftAloneForThatLong(int asked, int waited) {
        for (FailureKind kind : FailureKind.values()) {
            Optional<UploadStep> expected =
                    switch (kind) {
                        case TRANSIENT, CONFLICT, BUSY, DENIED ->
                                pause(Duration.ofSeconds(waited - 30));
                        case REFUSED, NOT_FOUND, ALREADY_EXISTS -> failed();
                    };

            assertThat(after(kind, Duration.ZERO, Duration.ofSeconds(asked))).isEqualTo(expected);
        }
    }

    @ParameterizedTest
    @EnumSource(names = {"REFUSED", "NOT_FOUND", "ALREADY_EXISTS"})
    void aNoIsTheEnd(FailureKind kind) {
        assertThat(after(kind, Duration.ZERO)).isEqualTo(failed());
    }
}
