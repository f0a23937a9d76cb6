package dev.slipway.kit;

import dev.slipway.ledger.DeploymentRecord;

/** Ends builds that nobody waits for any more; only the build-worker may. */
@FunctionalInterface
public interface RunningBuilds {
    /** For a worker that never has a running build in hand. */
    RunningBuilds NONE = _ -> {};

    /** Cancels what may still run for this deployment; harmless where nothing does. */
    void cancel(DeploymentRecord record);
}
