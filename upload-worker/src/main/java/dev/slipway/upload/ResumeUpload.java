package dev.slipway.upload;

import dev.slipway.contracts.DeploymentId;
import dev.slipway.contracts.Topology;
import dev.slipway.kit.SweptStage;
import dev.slipway.ledger.DeploymentRecord;
import dev.slipway.ledger.Ledger;
import dev.slipway.ledger.Marker;
import dev.slipway.ledger.Stage;
import dev.slipway.ledger.Versioned;
import jakarta.inject.Singleton;
import java.time.Instant;
import java.util.Set;

/**
 * A drop that stands still before it is verified in; the same step out. A verified one is the
 * build-worker's to continue.
 */
@Singleton
record ResumeUpload(
        Topology topology,
        Ledger ledger,
        Admission admission,
        ContinueUpload upload,
        Reconciliation reconciliation)
        implements SweptStage {
    @Override
    public Set<Stage> stages() {
        return Set.of(Stage.RECEIVED);
    }

    @Override
    public void resume(Versioned<DeploymentRecord> read, Instant now) {
        upload.runSwept(read.value().deployment(), now);
    }

    /** Markers of requests are not of this bucket, and not ours. */
    @Override
    public void resumeUnrecorded(DeploymentId deployment, Instant now) {
        ledger.marker(deployment)
                .map(Versioned::value)
                .filter(marker -> marker.bucket().equals(topology.bucket("drop").name()))
                .ifPresent(this::begin);
    }

    private void begin(Marker marker) {
        admission.resume(marker);
        upload.run(marker.deployment());
    }

    @Override
    public void converge(Instant now) {
        reconciliation.round(now);
    }
}
