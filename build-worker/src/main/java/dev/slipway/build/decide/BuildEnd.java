package dev.slipway.build.decide;

import dev.slipway.build.decide.BuildSeen.Failure;
import dev.slipway.build.decide.BuildStep.End;
import dev.slipway.build.decide.BuildStep.TakeImage;
import dev.slipway.contracts.Reason;
import dev.slipway.contracts.Verdict;
import dev.slipway.ledger.Build;
import dev.slipway.ledger.DeploymentRecord;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** What the end of a build means for its deployment. */
final class BuildEnd {
    static final int MOST_ATTEMPTS = 3;
    static final Duration GRACE = Duration.ofMinutes(5);

    private BuildEnd() {}

    static boolean isLastAttempt(DeploymentRecord record) {
        return record.buildAttempt() >= MOST_ATTEMPTS;
    }

    static BuildStep of(BuildFacts facts, BuildSeen build) {
        return switch (build.status()) {
            case SUCCESS -> succeeded(facts, build);
            case FAILURE -> failed(facts, build);
            case TIMEOUT -> end(build, Reason.BUILD_TIMED_OUT, "The build ran longer than it may.");
            case CANCELLED ->
                    end(
                            build,
                            Reason.CANCELLED_ON_REQUEST,
                            "Somebody cancelled the build " + build.name() + ".");
            case EXPIRED ->
                    BuildDecision.again(facts, "the build waited longer to start than it may");
            case INTERNAL_ERROR ->
                    BuildDecision.again(facts, "Cloud Build had an internal error" + detail(build));
            case QUEUED, WORKING -> throw new IllegalArgumentException(build + " is not over");
        };
    }

    private static BuildStep succeeded(BuildFacts facts, BuildSeen build) {
        return build.digestOf(facts.imageUri())
                .<BuildStep>map(digest -> new TakeImage(facts.imageUri() + "@" + digest, true))
                .orElseGet(
                        () ->
                                BuildDecision.again(
                                        facts,
                                        "the build succeeded without the image "
                                                + facts.imageUri()));
    }

    private static BuildStep failed(BuildFacts facts, BuildSeen build) {
        Failure.Cause cause =
                build.failure() == null ? Failure.Cause.STEP : build.failure().cause();
        return switch (cause) {
            case STEP -> end(build, Reason.BUILD_FAILED, "The build failed" + detail(build) + ".");
            case PUSH_NOT_AUTHORIZED ->
                    end(
                            build,
                            Reason.BUILD_REFUSED,
                            "The build could not push its image" + detail(build) + ".");
            case PLATFORM ->
                    BuildDecision.again(facts, "the platform failed the build" + detail(build));
        };
    }

    /** The verdict on a build that is not over long after it must be. */
    static Optional<Verdict> stuck(BuildFacts facts) {
        return stuck(facts.record().build(), facts);
    }

    private static Optional<Verdict> stuck(@Nullable Build build, BuildFacts facts) {
        return build == null || facts.now().isBefore(build.deadline().plus(GRACE))
                ? Optional.empty()
                : Optional.of(
                        Verdict.of(
                                        Reason.BUILD_STUCK,
                                        "The build should have ended by "
                                                + build.deadline()
                                                + " and did not.")
                                .withLog(build.logUrl(), List.of()));
    }

    private static BuildStep end(BuildSeen build, Reason reason, String message) {
        return new End(Verdict.of(reason, message).withLog(build.logUrl(), List.of()));
    }

    private static String detail(BuildSeen build) {
        return build.failure() == null || build.failure().detail().isBlank()
                ? ""
                : ": " + build.failure().detail();
    }
}
