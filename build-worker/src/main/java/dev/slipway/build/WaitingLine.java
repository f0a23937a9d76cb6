package dev.slipway.build;

import dev.slipway.contracts.DeploymentId;
import dev.slipway.ledger.DeploymentRecord;
import dev.slipway.ledger.Ledger;
import dev.slipway.ledger.Order;
import dev.slipway.ledger.Stage;
import dev.slipway.ledger.Versioned;
import dev.slipway.ledger.Waiting;
import jakarta.inject.Singleton;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentSkipListMap;

/**
 * Who waits for a place in the build window, the oldest first, as far as this process knows. What
 * it does not know is found by a bounded look, or by the sweep.
 */
@Singleton
class WaitingLine {
    private static final int LONGEST = 10_000;
    private static final int MOST_LOOKED_AT = 64;

    private final Ledger ledger;
    private final ConcurrentSkipListMap<Order, DeploymentId> known = new ConcurrentSkipListMap<>();

    WaitingLine(Ledger ledger) {
        this.ledger = ledger;
    }

    /** Lets a deployment join, if it waits for a place. */
    void join(DeploymentRecord record) {
        if (waitsForPlace(record) && known.size() < LONGEST) {
            known.put(record.order(), record.deployment());
        }
    }

    void leave(DeploymentRecord record) {
        known.remove(record.order());
    }

    /**
     * Takes the oldest out of the line.
     *
     * @param mayLook whether to look for some where this process knows none
     */
    Optional<DeploymentId> next(boolean mayLook) {
        if (mayLook && known.isEmpty()) {
            look();
        }
        return Optional.ofNullable(known.pollFirstEntry()).map(Map.Entry::getValue);
    }

    private void look() {
        ledger.openDeployments().stream()
                .limit(MOST_LOOKED_AT)
                .flatMap(deployment -> ledger.readableDeployment(deployment).stream())
                .map(Versioned::value)
                .forEach(this::join);
    }

    private static boolean waitsForPlace(DeploymentRecord record) {
        return record.stage() == Stage.VERIFIED
                && record.waiting() != null
                && record.waiting().cause() == Waiting.Cause.QUOTA;
    }
}
