package dev.slipway.deploy.decide;

import dev.slipway.contracts.Reason;
import dev.slipway.contracts.Verdict;
import dev.slipway.contracts.manifest.Manifest;
import dev.slipway.contracts.manifest.Probe;
import dev.slipway.deploy.decide.DeployStep.Close;
import dev.slipway.deploy.decide.DeployStep.DeployAgain;
import dev.slipway.deploy.decide.RevisionSeen.Failure;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** What the failure of a revision means for its deployment. */
final class RevisionEnd {
    static final int MOST_ATTEMPTS = 3;

    /** Cloud Run: the default startup probe's timeout, in seconds. */
    private static final int DEFAULT_STARTUP_SECONDS = 240;

    private static final Pattern EXIT = Pattern.compile("Container called exit\\((\\d{1,10})\\)");

    private RevisionEnd() {}

    static DeployStep next(DeployFacts facts, RevisionSeen revision) {
        Failure failure =
                revision.failure() == null
                        ? new Failure(Failure.Cause.CONTAINER, "")
                        : revision.failure();
        return switch (failure.cause()) {
            case CONTAINER ->
                    new Close(
                            Verdict.of(Reason.REVISION_FAILED, container(facts.manifest(), failure))
                                    .withLog(revision.logUrl(), List.of()),
                            revision);
            case PERMISSION ->
                    new Close(
                            Verdict.of(
                                    Reason.DEPLOY_REFUSED,
                                    "Cloud Run could not use what the revision needs."
                                            + says(failure)),
                            null);
            case PLATFORM -> again(facts, failure);
        };
    }

    private static DeployStep again(DeployFacts facts, Failure failure) {
        int attempt = facts.record().deployAttempt();
        return attempt < MOST_ATTEMPTS
                ? new DeployAgain("attempt " + attempt + " failed." + says(failure))
                : new Close(
                        Verdict.of(
                                Reason.DEPLOY_UNAVAILABLE,
                                "Cloud Run could not start the revision in "
                                        + attempt
                                        + " attempts."
                                        + says(failure)),
                        null);
    }

    /** In words of our own where Cloud Run only says that it did not start and listen. */
    private static String container(Manifest manifest, Failure failure) {
        Matcher exit = EXIT.matcher(failure.message());
        if (exit.find()) {
            return "The container exited with status "
                    + exit.group(1)
                    + " before it listened on port "
                    + manifest.port()
                    + ".";
        }
        String why =
                "The container did not start and listen on port "
                        + manifest.port()
                        + " within "
                        + startupSeconds(manifest.startupProbe())
                        + " s; it must listen on the port in its variable PORT.";
        return failure.message().contains("failed to start and listen") ? why : why + says(failure);
    }

    private static int startupSeconds(@Nullable Probe probe) {
        return probe == null
                ? DEFAULT_STARTUP_SECONDS
                : probe.initialDelaySeconds() + probe.periodSeconds() * probe.failureThreshold();
    }

    private static String says(Failure failure) {
        return failure.message().isBlank() ? "" : " Cloud Run says: " + failure.message();
    }
}
