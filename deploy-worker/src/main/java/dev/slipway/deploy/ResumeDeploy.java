package dev.slipway.deploy;

import dev.slipway.contracts.DeploymentId;
import dev.slipway.kit.SweptStage;
import dev.slipway.ledger.DeploymentRecord;
import dev.slipway.ledger.Ledger;
import dev.slipway.ledger.ServiceChange;
import dev.slipway.ledger.Stage;
import dev.slipway.ledger.Versioned;
import jakarta.inject.Singleton;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** A deployment that stands still before or in its rollout in; the same deploy step out. */
@Singleton
record ResumeDeploy(
        Ledger ledger,
        ContinueDeploy deploy,
        CarryOutRequest requests,
        UnheardRequests unheard,
        GhostHunt ghosts,
        TriggerSweep triggers)
        implements SweptStage {
    @Override
    public Set<Stage> stages() {
        return Set.of(Stage.BUILT, Stage.DEPLOYING);
    }

    @Override
    public void resume(Versioned<DeploymentRecord> read, Instant now) {
        deploy.run(read.value().deployment(), Optional.of(now));
    }

    @Override
    public void resumeUnrecorded(DeploymentId request, Instant now) {
        requests.resume(request, now);
    }

    @Override
    public void resumeOrigin(DeploymentRecord deployment, Instant now) {
        requests.resumeBegun(deployment, now);
    }

    /**
     * Deletes services whose create landed after they were declared absent, brings triggers back to
     * what is live, and takes up requests that no message told of.
     */
    @Override
    public void converge(Instant now) {
        List<ServiceChange> changes = ledger.services();
        ghosts.round(now, changes);
        triggers.round(now, changes);
        unheard.round(now);
    }
}
