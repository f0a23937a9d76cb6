package dev.slipway.upload.decide;

import dev.slipway.contracts.Reason;
import dev.slipway.contracts.Verdict;
import dev.slipway.kit.FailureKind;
import dev.slipway.ledger.Waiting;
import dev.slipway.upload.decide.UploadStep.End;
import dev.slipway.upload.decide.UploadStep.Wait;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;

/** What to do when storage could not be asked, or said no. */
public final class AfterFailure {
    /**
     * A permission that was just granted may take this long to spread, mostly. It ends before the
     * deadline of verifying, so that the answer names the permission and not the time.
     */
    public static final Duration PERMISSION_SPREADS = Duration.ofMinutes(7);

    private static final Duration PAUSE = Duration.ofSeconds(30);

    private AfterFailure() {}

    /**
     * After a drop could not be read or staged; empty: unexpected, so try the same again.
     *
     * @param sentence what was tried and what was answered
     * @param since when the drop was received
     * @param asked how long the platform asks to be left alone; zero where it does not say
     */
    public static Optional<UploadStep> toStage(
            FailureKind kind, String sentence, Instant since, Instant now, Duration asked) {
        return switch (kind) {
            case TRANSIENT, CONFLICT ->
                    Optional.of(pause(now, asked)).filter(_ -> asked.isPositive());
            case BUSY -> Optional.of(pause(now, asked));
            case DENIED ->
                    Optional.of(
                            now.isBefore(since.plus(PERMISSION_SPREADS))
                                    ? pause(now, asked)
                                    : refused(sentence));
            case REFUSED, NOT_FOUND, ALREADY_EXISTS -> Optional.of(refused(sentence));
        };
    }

    private static UploadStep pause(Instant now, Duration asked) {
        return new Wait(Waiting.from(now, Waiting.Cause.PLATFORM, PAUSE, asked));
    }

    private static UploadStep refused(String sentence) {
        return new End(
                Verdict.of(
                        Reason.STAGING_FAILED,
                        "The verified source was not staged: " + sentence + "."));
    }
}
