package dev.slipway.build;

import dev.slipway.contracts.DeploymentId;
import dev.slipway.ledger.DeploymentRecord;
import dev.slipway.ledger.Pause;
import dev.slipway.ledger.Recent;
import dev.slipway.ledger.Versioned;
import jakarta.inject.Singleton;
import java.time.Duration;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/**
 * What this process submits now, and what it recorded of late. A build may end before the one who
 * submitted it has recorded it; waiting for that, and knowing it then, saves looking for the build
 * and reading the record. The record's swap carries the safety.
 */
@Singleton
final class InHand {
    private static final Duration BETWEEN_LOOKS = Duration.ofMillis(2);
    private static final int MOST_LOOKS = 1000;
    private static final int MOST_REMEMBERED = 1000;

    private final Pause pause;
    private final Set<DeploymentId> submitting = ConcurrentHashMap.newKeySet();
    private final Recent<DeploymentId, Versioned<DeploymentRecord>> recorded =
            new Recent<>(MOST_REMEMBERED);

    InHand(Pause pause) {
        this.pause = pause;
    }

    void during(DeploymentId deployment, Runnable submission) {
        boolean first = submitting.add(deployment);
        try {
            submission.run();
        } finally {
            if (first) {
                submitting.remove(deployment);
            }
        }
    }

    /** Returns once nobody here submits for this deployment, or after two seconds. */
    void awaitSubmitted(DeploymentId deployment) {
        for (int look = 0; look < MOST_LOOKS && submitting.contains(deployment); look++) {
            pause.pause(BETWEEN_LOOKS);
        }
    }

    void remember(Versioned<DeploymentRecord> building) {
        recorded.put(building.value().deployment(), building);
    }

    /** The record as this process wrote it when it had submitted the build. */
    Optional<Versioned<DeploymentRecord>> recorded(DeploymentId deployment) {
        return recorded.get(deployment);
    }

    void forget(DeploymentId deployment) {
        recorded.remove(deployment);
    }
}
