package dev.slipway.upload;

import dev.slipway.contracts.DeploymentId;
import jakarta.inject.Singleton;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/**
 * What this process works on now. It saves a sweep from unpacking a large archive a second time
 * while the first one is at it.
 */
@Singleton
final class InHand {
    private final Map<DeploymentId, Integer> working = new ConcurrentHashMap<>();

    void during(DeploymentId deployment, Runnable work) {
        working.merge(deployment, 1, Integer::sum);
        try {
            work.run();
        } finally {
            working.computeIfPresent(deployment, (_, count) -> count == 1 ? null : count - 1);
        }
    }

    void duringUnlessBusy(DeploymentId deployment, Runnable work) {
        if (!working.containsKey(deployment)) {
            during(deployment, work);
        }
    }
}
