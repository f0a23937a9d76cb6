package dev.slipway.build.decide;

import dev.slipway.build.decide.BuildStep.End;
import dev.slipway.build.decide.BuildStep.Wait;
import dev.slipway.contracts.Reason;
import dev.slipway.contracts.Verdict;
import dev.slipway.kit.FailureKind;
import dev.slipway.ledger.Waiting;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;

/** What to do when Cloud Build could not be asked, or said no. */
public final class AfterFailure {
    /** A permission that was just granted may take this long to spread. */
    public static final Duration PERMISSION_SPREADS = Duration.ofMinutes(10);

    private static final Duration PAUSE = Duration.ofSeconds(30);
    private static final Duration SHORT_PAUSE = Duration.ofSeconds(10);

    private AfterFailure() {}

    /**
     * After a build could not be submitted.
     *
     * @param sentence what was tried and what was answered
     * @param since when the attempt was claimed
     * @param asked how long the platform asks to be left alone; zero where it does not say
     */
    public static BuildStep toSubmit(
            FailureKind kind, String sentence, Instant since, Instant now, Duration asked) {
        return switch (kind) {
            case BUSY -> pause(Waiting.Cause.QUOTA, now, PAUSE, asked);
            case TRANSIENT, CONFLICT, ALREADY_EXISTS ->
                    pause(Waiting.Cause.PLATFORM, now, SHORT_PAUSE, asked);
            case DENIED ->
                    now.isBefore(since.plus(PERMISSION_SPREADS))
                            ? pause(Waiting.Cause.PLATFORM, now, PAUSE, asked)
                            : refused(sentence);
            case REFUSED, NOT_FOUND -> refused(sentence);
        };
    }

    /**
     * After the state of a submitted build could not be read; empty: try the same again.
     *
     * @param asked how long the platform asks to be left alone; zero where it does not say
     */
    public static Optional<BuildStep> toRead(
            FailureKind kind, String sentence, BuildFacts facts, Duration asked) {
        return switch (kind) {
            case NOT_FOUND -> Optional.of(BuildDecision.again(facts, sentence));
            case BUSY -> Optional.of(pause(Waiting.Cause.QUOTA, facts.now(), PAUSE, asked));
            case DENIED, REFUSED -> Optional.of(waitOrStuck(facts, asked));
            case TRANSIENT, CONFLICT, ALREADY_EXISTS ->
                    Optional.of(pause(Waiting.Cause.PLATFORM, facts.now(), SHORT_PAUSE, asked))
                            .filter(_ -> asked.isPositive());
        };
    }

    private static BuildStep waitOrStuck(BuildFacts facts, Duration asked) {
        return BuildEnd.stuck(facts)
                .<BuildStep>map(End::new)
                .orElseGet(() -> pause(Waiting.Cause.PLATFORM, facts.now(), PAUSE, asked));
    }

    private static BuildStep pause(
            Waiting.Cause cause, Instant now, Duration usual, Duration asked) {
        return new Wait(Waiting.from(now, cause, usual, asked));
    }

    private static BuildStep refused(String sentence) {
        return new End(
                Verdict.of(Reason.BUILD_REFUSED, "The build was not accepted: " + sentence + "."));
    }
}
