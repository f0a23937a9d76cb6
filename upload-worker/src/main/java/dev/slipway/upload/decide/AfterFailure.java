package dev.slipway.upload.decide;

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

/** What to do when storage could not be asked, or said no. */
public final class AfterFailure {
    /**
     * A permission that was just granted may take this long to spread, mostly. It ends before the
     * deadline of verifying, so that the answer names the permission and not the time.
     */
    public static final Duration PERMISSION_SPREADS = Duration.ofMinutes(7);

    private static final Duration FIRST_CEILING = Duration.ofSeconds(30);
    private static final Duration LONGEST_CEILING = Duration.ofMinutes(2);

    private AfterFailure() {}

    /**
     * The failed call.
     *
     * @param sentence what was tried and what was answered
     * @param asked how long the platform asks to be left alone; zero where it does not say
     * @param jitter where a pause lies
     */
    public record Failed(FailureKind kind, String sentence, Duration asked, Jitter jitter) {}

    /**
     * After a drop could not be read or staged; empty: unexpected, so try the same again.
     *
     * @param since when the drop was received
     */
    public static Optional<UploadStep> toStage(Failed failed, Instant since, Instant now) {
        UploadStep pause = pause(failed, Waiting.Cause.PLATFORM, since, now);
        return switch (failed.kind) {
            case TRANSIENT, CONFLICT -> Optional.of(pause).filter(_ -> failed.asked.isPositive());
            case BUSY -> Optional.of(pause);
            case DENIED ->
                    Optional.of(
                            now.isBefore(since.plus(PERMISSION_SPREADS))
                                    ? pause(failed, Waiting.Cause.PERMISSION, since, now)
                                    : refused(failed.sentence));
            case REFUSED, NOT_FOUND, ALREADY_EXISTS -> Optional.of(refused(failed.sentence));
        };
    }

    private static UploadStep pause(
            Failed failed, Waiting.Cause cause, Instant since, Instant now) {
        Duration drawn =
                failed.jitter.lasting(Duration.between(since, now), FIRST_CEILING, LONGEST_CEILING);
        return new Wait(Waiting.from(now, cause, drawn, failed.asked));
    }

    private static UploadStep refused(String sentence) {
        return new End(
                Verdict.of(
                        Reason.STAGING_FAILED,
                        "The verified source was not staged: " + sentence + "."));
    }
}
