package dev.slipway.build.decide;

import dev.slipway.build.decide.BuildStep.BuildAgain;
import dev.slipway.build.decide.BuildStep.Claim;
import dev.slipway.build.decide.BuildStep.End;
import dev.slipway.build.decide.BuildStep.Leave;
import dev.slipway.build.decide.BuildStep.TakeImage;
import dev.slipway.build.decide.BuildStep.Wait;
import dev.slipway.contracts.Reason;
import dev.slipway.contracts.Verdict;
import dev.slipway.ledger.Waiting;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;

/** What to do next about a deployment's build: from facts to one step. */
public final class BuildDecision {
    /** A younger claim is left alone: its owner is likely still at it. */
    public static final Duration CLAIM_HOLDS = Duration.ofSeconds(60);

    /** An attempt that could not be submitted for so long is given up. */
    public static final Duration SUBMITTED_WITHIN = Duration.ofHours(1);

    private static final Duration SHORTEST_WAIT = Duration.ofSeconds(30);
    private static final Duration LONGEST_WAIT = Duration.ofMinutes(10);

    private BuildDecision() {}

    /** The next step. */
    public static BuildStep next(BuildFacts facts) {
        return switch (facts.record().stage()) {
            case RECEIVED -> new Leave("it is not verified yet");
            case VERIFIED -> outranked(facts).orElseGet(() -> verified(facts));
            case CLAIMED -> outranked(facts).orElseGet(() -> claimed(facts));
            case BUILDING -> outranked(facts).orElseGet(() -> building(facts));
            case BUILT -> outranked(facts).orElseGet(BuildStep.TellImage::new);
            case DEPLOYING, DONE -> new Leave("its build is over");
        };
    }

    private static Optional<BuildStep> outranked(BuildFacts facts) {
        return facts.entry().outranks(facts.record().order())
                ? Optional.of(new End(superseded()))
                : Optional.empty();
    }

    /** What a deployment ends with when a newer one, or an undeploy, stands above it. */
    public static Verdict superseded() {
        return Verdict.of(
                Reason.NEWER_DEPLOYMENT,
                "A newer deployment or undeploy of this service was asked for before this one went"
                        + " live.");
    }

    /** What a deployment ends with that somebody takes back. */
    public static Verdict cancelled() {
        return Verdict.of(Reason.CANCELLED_ON_REQUEST, "Somebody asked to cancel it.");
    }

    private static BuildStep verified(BuildFacts facts) {
        if (facts.built().isPresent()) {
            return new TakeImage(facts.built().get(), false);
        }
        if (facts.window().isOpen()) {
            return new Claim();
        }
        if (facts.record().waiting() != null) {
            return new Leave("it waits for a place already");
        }
        return new Wait(new Waiting(Waiting.Cause.QUOTA, facts.now().plus(waitInLine(facts))));
    }

    /**
     * Whoever waited long is looked at less often: the number of looks grows with the logarithm.
     */
    private static Duration waitInLine(BuildFacts facts) {
        Duration waited = Duration.between(facts.since(), facts.now());
        Duration atLeast = waited.compareTo(SHORTEST_WAIT) < 0 ? SHORTEST_WAIT : waited;
        return atLeast.compareTo(LONGEST_WAIT) > 0 ? LONGEST_WAIT : atLeast;
    }

    private static BuildStep claimed(BuildFacts facts) {
        return switch (facts.asked()) {
            case Asked.ByBuildEnd(int attempt) when attempt == facts.record().buildAttempt() ->
                    new BuildStep.Adopt();
            case Asked.ByBuildEnd _, Asked.ByMessage _ -> claimedBySomebody(facts);
            case Asked.BySweep _ -> claimedLongAgo(facts);
        };
    }

    /** A message tells no time; what its claimant left behind is the sweep's, which does. */
    private static BuildStep claimedBySomebody(BuildFacts facts) {
        return isPaused(facts) ? new Claim() : new Leave("somebody is submitting its build");
    }

    /** Its owner gave it up in favour of whoever comes next. */
    private static boolean isPaused(BuildFacts facts) {
        Waiting waiting = facts.record().waiting();
        return waiting != null
                && (waiting.cause() == Waiting.Cause.PLATFORM
                        || waiting.cause() == Waiting.Cause.PERMISSION);
    }

    private static BuildStep claimedLongAgo(BuildFacts facts) {
        if (isPast(facts, facts.since().plus(SUBMITTED_WITHIN))) {
            return new End(
                    Verdict.of(
                            Reason.BUILD_UNAVAILABLE,
                            "Cloud Build has accepted no build of this source for "
                                    + SUBMITTED_WITHIN.toHours()
                                    + " h."));
        }
        return isPast(facts, facts.since().plus(CLAIM_HOLDS))
                ? new Claim()
                : new Leave("the claim is younger than " + CLAIM_HOLDS.toSeconds() + " s");
    }

    private static boolean isPast(BuildFacts facts, Instant limit) {
        return !facts.now().isBefore(limit);
    }

    private static BuildStep building(BuildFacts facts) {
        BuildSeen build = facts.build().orElseThrow();
        return build.status().isOver()
                ? BuildEnd.of(facts, build)
                : BuildEnd.stuck(facts)
                        .<BuildStep>map(End::new)
                        .orElseGet(() -> new Leave("its build runs"));
    }

    /** The next attempt, or the end where there were enough. */
    static BuildStep again(BuildFacts facts, String why) {
        return BuildEnd.isLastAttempt(facts.record())
                ? new End(
                        Verdict.of(
                                Reason.BUILD_UNAVAILABLE,
                                "Cloud Build failed in "
                                        + facts.record().buildAttempt()
                                        + " attempts, at last: "
                                        + why
                                        + (why.endsWith(".") ? "" : ".")))
                : new BuildAgain(why);
    }
}
