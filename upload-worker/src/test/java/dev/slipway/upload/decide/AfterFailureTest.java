package dev.slipway.upload.decide;

import static org.assertj.core.api.Assertions.assertThat;

import dev.slipway.contracts.Reason;
import dev.slipway.contracts.Verdict;
import dev.slipway.kit.FailureKind;
import dev.slipway.ledger.Jitter;
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

    private double share = 1;

    private Optional<UploadStep> after(FailureKind kind, Duration later) {
        return after(kind, later, Duration.ZERO);
    }

    private Optional<UploadStep> after(FailureKind kind, Duration later, Duration asked) {
        return AfterFailure.toStage(
                new AfterFailure.Failed(kind, "tried but not", asked, new Jitter(share)),
                SINCE,
                SINCE.plus(later));
    }

    private Optional<UploadStep> pause(Duration later, int ceiling) {
        return pause(Waiting.Cause.PLATFORM, later, ceiling);
    }

    private Optional<UploadStep> pause(Waiting.Cause cause, Duration later, int ceiling) {
        Duration drawn = Duration.ofMillis((long) (share * 1000 * ceiling));
        return Optional.of(new Wait(new Waiting(cause, SINCE.plus(later).plus(drawn))));
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

        assertThat(after(FailureKind.BUSY, later)).isEqualTo(pause(later, 120));
    }

    @ParameterizedTest
    @CsvSource({"0, 30", "29, 30", "60, 60", "119, 119", "121, 120", "540, 120"})
    void theLongerItLastsTheLongerAPauseMayBe(int later, int ceiling) {
        for (double drawn : new double[] {0.001, 0.25, 0.5, 1}) {
            share = drawn;

            assertThat(after(FailureKind.BUSY, Duration.ofSeconds(later)))
                    .isEqualTo(pause(Duration.ofSeconds(later), ceiling));
        }
    }

    @Test
    void aPermissionMaySpreadForAWhile() {
        Duration limit = AfterFailure.PERMISSION_SPREADS;

        assertThat(after(FailureKind.DENIED, limit.minusMillis(1)))
                .isEqualTo(pause(Waiting.Cause.PERMISSION, limit.minusMillis(1), 120));
        assertThat(after(FailureKind.DENIED, limit)).isEqualTo(failed());
        assertThat(limit).isLessThan(UploadDecision.VERIFIED_WITHIN);
    }

    @ParameterizedTest
    @CsvSource({"1, 31", "29, 59", "31, 61", "600, 630", "601, 630", "86400, 630"})
    void aPlatformThatSaysForHowLongIsLeftAloneForThatLong(int asked, int waited) {
        for (FailureKind kind : FailureKind.values()) {
            Optional<UploadStep> expected =
                    switch (kind) {
                        case TRANSIENT, CONFLICT, BUSY ->
                                pause(Duration.ofSeconds(waited - 30), 30);
                        case DENIED ->
                                pause(
                                        Waiting.Cause.PERMISSION,
                                        Duration.ofSeconds(waited - 30),
                                        30);
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
