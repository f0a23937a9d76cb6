package dev.slipway.cli.logs;

import dev.slipway.contracts.DeploymentId;
import dev.slipway.contracts.ServiceKey;
import dev.slipway.ledger.DeploymentRecord;
import dev.slipway.ledger.Ledger;
import dev.slipway.ledger.Versioned;
import java.util.Optional;

/** Records of the deployments whose logs are wanted. */
public record Found(Ledger ledger) {
    private static final int MOST_BACK = 50;

    /** The record of a deployment. */
    public Optional<DeploymentRecord> deployment(DeploymentId deployment) {
        return ledger.deployment(deployment).map(Versioned::value);
    }

    /** The newest verified deployment of a service. */
    public Optional<DeploymentRecord> newest(ServiceKey service) {
        return Optional.ofNullable(ledger.service(service).newest())
                .flatMap(newest -> deployment(newest.deployment()));
    }

    /** The deployment itself, or else the last one before it that had a build of its own. */
    public Optional<DeploymentRecord> built(DeploymentRecord from) {
        Optional<DeploymentRecord> at = Optional.of(from);
        for (int back = 0; back < MOST_BACK && at.isPresent(); back++) {
            if (at.get().build() != null) {
                return at;
            }
            at = Optional.ofNullable(at.get().previous()).flatMap(this::deployment);
        }
        return Optional.empty();
    }
}
