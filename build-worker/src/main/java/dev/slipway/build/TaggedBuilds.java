package dev.slipway.build;

import dev.slipway.build.decide.BuildSeen;
import dev.slipway.build.gateway.Builds;
import dev.slipway.kit.GatewayException;
import dev.slipway.kit.RunningBuilds;
import dev.slipway.ledger.DeploymentRecord;
import jakarta.inject.Singleton;
import java.util.List;
import org.jboss.logging.Logger;

/** The builds of a deployment's current attempt: one is accepted, the others are strays. */
@Singleton
record TaggedBuilds(Builds builds, BuildPlans plans, BuildCounters counters)
        implements RunningBuilds {
    private static final Logger LOG = Logger.getLogger(TaggedBuilds.class);

    /** All of them, the one to accept first. */
    List<BuildSeen> of(DeploymentRecord record) {
        return builds.tagged(record.requireService().region(), plans.tag(record)).stream()
                .sorted(BuildSeen.ACCEPTED_FIRST)
                .toList();
    }

    /** Cancels those that still run, but for the one with this name. */
    void cancelAllBut(String accepted, List<BuildSeen> found) {
        found.stream()
                .filter(build -> !build.status().isOver() && !build.name().equals(accepted))
                .forEach(build -> cancel(build.name()));
    }

    /** What was recorded is cancelled even where Cloud Build does not list it. */
    private void cancelUnlisted(DeploymentRecord record) {
        if (record.build() != null) {
            builds.cancel(record.build().name());
        }
    }

    void cancel(String name) {
        builds.cancel(name);
        counters.cancelled();
        LOG.infof("build=%s cancelled", name);
    }

    /**
     * {@inheritDoc} A platform that forbids to look for builds does not keep the outcome back; one
     * that is only busy does.
     */
    @Override
    public void cancel(DeploymentRecord record) {
        try {
            cancelAllBut("", of(record));
            cancelUnlisted(record);
        } catch (GatewayException e) {
            switch (e.kind()) {
                case TRANSIENT, BUSY, CONFLICT -> throw e;
                case DENIED, NOT_FOUND, ALREADY_EXISTS, REFUSED ->
                        LOG.warnf(
                                "deployment=%s its builds cannot be cancelled: %s",
                                record.deployment(), e.sentence());
            }
        }
    }
}
