package dev.slipway.build.decide;

import dev.slipway.build.decide.BuildStep.End;
import dev.slipway.build.decide.BuildStep.Wait;
import dev.slipway.contracts.Reason;
import dev.slipway.contracts.Verdict;
import dev.slipway.kit.FailureKind;
import dev.slipway.ledger.Jitter;
import dev.slipway.ledger.Waiting;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;

/** What to do when Cloud Build could not be asked, or said no. */
public final class AfterFailure {
    /** A permission that was just granted may take this long to spread. */
    public static final Duration PERMISSION_SPREADS = Duration.ofMinutes(10);

    private static final Duration CEILING = Duration.ofSeconds(30);
    private static final Duration SHORT_CEILING = Duration.ofSeconds(10);
    private static final Duration LONGEST_CEILING = Duration.ofMinutes(2);

    private AfterFailure() {}

    /**
     * The failed call.
     *
     * @param sentence what was tried and what was answered
     * @param asked how long the platform asks to be left alone; zero where it does not say
     * @param jitter where a pause lies
     */
    public record Failed(FailureKind kind, String sentence, Duration asked, Jitter jitter) {
        private BuildStep pause(Waiting.Cause cause, Duration ceiling, Instant since, Instant now) {
            Duration lasted = Duration.between(since, now);
            Duration drawn = jitter.lasting(lasted, ceiling, LONGEST_CEILING);
            return new Wait(Waiting.from(now, cause, drawn, asked));
        }
    }

    /**
     * After a build could not be submitted.
     *
     * @param since when the attempt was claimed
     */
    public static BuildStep toSubmit(Failed failed, Instant since, Instant now) {
        return switch (failed.kind) {
            case BUSY -> failed.pause(Waiting.Cause.QUOTA, CEILING, since, now);
            case TRANSIENT, CONFLICT, ALREADY_EXISTS ->
                    failed.pause(Waiting.Cause.PLATFORM, SHORT_CEILING, since, now);
            case DENIED ->
                    now.isBefore(since.plus(PERMISSION_SPREADS))
                            ? failed.pause(Waiting.Cause.PERMISSION, CEILING, since, now)
                            : refused(failed.sentence);
            case REFUSED, NOT_FOUND -> refused(failed.sentence);
        };
    }

    /** After the state of a submitted build could not be read; empty: try the same again. */
    public static Optional<BuildStep> toRead(Failed failed, BuildFacts facts) {
        return switch (failed.kind) {
            case NOT_FOUND -> Optional.of(BuildDecision.again(facts, failed.sentence));
            case BUSY -> Optional.of(pause(failed, Waiting.Cause.QUOTA, CEILING, facts));
            case DENIED, REFUSED ->
                    Optional.of(
                            BuildEnd.stuck(facts)
                                    .<BuildStep>map(End::new)
                                    .orElseGet(
                                            () ->
                                                    pause(
                                                            failed,
                                                            Waiting.Cause.PERMISSION,
                                                            CEILING,
                                                            facts)));
            case TRANSIENT, CONFLICT, ALREADY_EXISTS ->
                    Optional.of(pause(failed, Waiting.Cause.PLATFORM, SHORT_CEILING, facts))
                            .filter(_ -> failed.asked.isPositive());
        };
    }

    private static BuildStep pause(
            Failed failed, Waiting.Cause cause, Duration ceiling, BuildFacts facts) {
        return failed.pause(cause, ceiling, facts.since(), facts.now());
    }

    private static BuildStep refused(String sentence) {
        return new End(
                Verdict.of(Reason.BUILD_REFUSED, "The build was not accepted: " + sentence + "."));
    }
}
