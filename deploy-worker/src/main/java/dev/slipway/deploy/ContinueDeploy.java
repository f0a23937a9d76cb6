package dev.slipway.deploy;

import dev.slipway.contracts.DeploymentId;
import dev.slipway.kit.Ending;
import dev.slipway.ledger.Backoff;
import dev.slipway.ledger.DeploymentRecord;
import dev.slipway.ledger.Ledger;
import dev.slipway.ledger.Pause;
import dev.slipway.ledger.Versioned;
import jakarta.inject.Singleton;
import java.time.Instant;
import java.util.Optional;

/**
 * Carries a deployment's rollout as far as it goes now: read, decide, act, read again. Messages,
 * the sweep and a crashed predecessor's leftovers all come through here.
 */
@Singleton
record ContinueDeploy(
        Ledger ledger,
        Ending ending,
        FactsReader facts,
        Actions actions,
        DeployConfig config,
        Pause pause,
        Backoff backoff) {
    /**
     * Returns once nothing more can be done about it now, and all that was done is durable.
     *
     * @param sweptAt the storage's time, where a sweep asks
     */
    void run(DeploymentId deployment, Optional<Instant> sweptAt) {
        run(deployment, sweptAt, Optional.empty());
    }

    /**
     * The same.
     *
     * @param known the record as it was just read
     */
    void run(
            DeploymentId deployment,
            Optional<Instant> sweptAt,
            Optional<Versioned<DeploymentRecord>> known) {
        new Watch(this, deployment, sweptAt, known).run();
    }
}
