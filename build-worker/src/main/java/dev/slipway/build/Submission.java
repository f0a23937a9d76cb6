package dev.slipway.build;

import dev.slipway.build.decide.BuildPlan;
import dev.slipway.build.decide.BuildSeen;
import dev.slipway.build.gateway.Builds;
import dev.slipway.build.gateway.ImageRepositories;
import dev.slipway.kit.Answers;
import dev.slipway.kit.FailureKind;
import dev.slipway.kit.GatewayException;
import dev.slipway.ledger.Backoff;
import dev.slipway.ledger.Build;
import dev.slipway.ledger.DeploymentRecord;
import dev.slipway.ledger.Ledger;
import dev.slipway.ledger.Stage;
import dev.slipway.ledger.Versioned;
import jakarta.inject.Singleton;
import java.util.List;
import java.util.Optional;
import org.jboss.logging.Logger;

/**
 * Gives a claimed attempt its one build: found by its tag where somebody submitted it and did not
 * come to record it, else submitted. The record's swap decides which build is the accepted one;
 * whoever loses it cancels its own.
 */
@Singleton
record Submission(
        Ledger ledger,
        Answers answers,
        Builds builds,
        ImageRepositories repositories,
        BuildPlans plans,
        TaggedBuilds tagged,
        BuildCounters counters,
        InHand inHand,
        Backoff backoff) {
    private static final Logger LOG = Logger.getLogger(Submission.class);
    private static final int TRIES = 4;
    private static final int RECORD_TRIES = 20;

    /**
     * Adopts or submits.
     *
     * @return whether a new build was submitted and accepted, so that its end is still to come
     * @throws GatewayException if neither could be done
     */
    boolean submit(Versioned<DeploymentRecord> claimed) {
        BuildPlan plan = plans.plan(claimed.value());
        for (int attempt = 0; ; attempt++) {
            backoff.before(attempt);
            try {
                return submitOnce(claimed, plan);
            } catch (GatewayException e) {
                if (!isTriedAgain(e) || attempt >= TRIES) {
                    throw e;
                }
                LOG.infof("deployment=%s %s", claimed.value().deployment(), e.sentence());
            }
        }
    }

    private static boolean isTriedAgain(GatewayException failure) {
        return failure.kind() == FailureKind.TRANSIENT && failure.retryAfter().isZero();
    }

    /** After a lost answer the build may exist, so each try lists first. */
    private boolean submitOnce(Versioned<DeploymentRecord> claimed, BuildPlan plan) {
        if (adopt(claimed)) {
            return false;
        }
        repositories.ensure(plan.region(), plan.repository());
        BuildSeen build = builds.submit(plan);
        counters.submitted();
        LOG.infof("deployment=%s build=%s submitted", claimed.value().deployment(), build.name());
        return record(claimed, build);
    }

    /**
     * Records the build that is already there.
     *
     * @return false where there is none
     */
    boolean adopt(Versioned<DeploymentRecord> claimed) {
        List<BuildSeen> found = tagged.of(claimed.value());
        if (found.isEmpty()) {
            return false;
        }
        BuildSeen accepted = found.getFirst();
        if (record(claimed, accepted)) {
            counters.adopted();
            LOG.infof(
                    "deployment=%s build=%s adopted",
                    claimed.value().deployment(), accepted.name());
            tagged.cancelAllBut(accepted.name(), found);
        }
        return true;
    }

    /** Whether the record now names this build; where it names another, this one is cancelled. */
    private boolean record(Versioned<DeploymentRecord> claimed, BuildSeen build) {
        Versioned<DeploymentRecord> standing = claimed;
        for (int attempt = 0; attempt < RECORD_TRIES; attempt++) {
            backoff.before(attempt);
            if (!waitsForBuild(standing.value(), claimed.value().buildAttempt())) {
                return isAccepted(standing.value(), build);
            }
            Optional<Versioned<DeploymentRecord>> written =
                    ledger.swap(standing, standing.value().building(build.recorded()));
            if (written.isPresent()) {
                inHand.remember(written.get());
                answers.show(written.get());
                return true;
            }
            standing = ledger.deployment(claimed.value().deployment()).orElse(standing);
        }
        throw new GatewayException(
                FailureKind.CONFLICT,
                "record the build " + build.name(),
                "others changed the record each time",
                null);
    }

    private static boolean waitsForBuild(DeploymentRecord record, int buildAttempt) {
        return record.stage() == Stage.CLAIMED && record.buildAttempt() == buildAttempt;
    }

    private boolean isAccepted(DeploymentRecord standing, BuildSeen build) {
        Build recorded = standing.build();
        if (recorded != null && recorded.name().equals(build.name())) {
            return true;
        }
        if (!build.status().isOver()) {
            tagged.cancel(build.name());
        }
        return false;
    }
}
