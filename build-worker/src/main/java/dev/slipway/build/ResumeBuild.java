package dev.slipway.build;

import dev.slipway.build.decide.Asked;
import dev.slipway.contracts.DeploymentId;
import dev.slipway.kit.SweptStage;
import dev.slipway.ledger.DeploymentRecord;
import dev.slipway.ledger.Ledger;
import dev.slipway.ledger.Stage;
import dev.slipway.ledger.Versioned;
import jakarta.inject.Singleton;
import java.time.Instant;
import java.util.Set;

/** A deployment that stands still before, in or after its build in; the same build step out. */
@Singleton
record ResumeBuild(Ledger ledger, ContinueBuild build, CancelDeployment cancel)
        implements SweptStage {
    @Override
    public Set<Stage> stages() {
        return Set.of(Stage.VERIFIED, Stage.CLAIMED, Stage.BUILDING);
    }

    @Override
    public void resume(Versioned<DeploymentRecord> read, Instant now) {
        build.run(read.value().deployment(), new Asked.BySweep(now));
    }

    @Override
    public void resumeUnrecorded(DeploymentId request, Instant now) {
        cancel.resume(request, now);
    }

    /** Takes those out of the build window that are past building. */
    @Override
    public void converge(Instant now) {
        ledger.building().stream().filter(this::isPastBuilding).forEach(ledger::leaveBuilding);
    }

    private boolean isPastBuilding(DeploymentId deployment) {
        return ledger.readableDeployment(deployment)
                .filter(read -> read.value().stage().compareTo(Stage.BUILDING) > 0)
                .isPresent();
    }
}
