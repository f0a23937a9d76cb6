package dev.slipway.build;

import dev.slipway.build.decide.BuildDecision;
import dev.slipway.contracts.DeploymentId;
import dev.slipway.kit.Ending;
import dev.slipway.ledger.Backoff;
import dev.slipway.ledger.DeploymentRecord;
import dev.slipway.ledger.Ledger;
import dev.slipway.ledger.Stage;
import dev.slipway.ledger.StoreUnavailable;
import dev.slipway.ledger.Versioned;
import jakarta.inject.Singleton;
import java.util.Optional;

/**
 * Ends the older deployments of a service that nobody waits for any more, back to the first that is
 * done or deploying. It saves builds; the service's fence carries the safety.
 */
@Singleton
record Supersession(Ledger ledger, Ending ending, Backoff backoff) {
    private static final int TRIES = 20;
    private static final int MOST_AT_ONCE = 1000;

    /** Returns once those are ended, and told. */
    void endOlderThan(DeploymentRecord newer) {
        Optional<DeploymentId> previous = Optional.ofNullable(newer.previous());
        for (int ended = 0; previous.isPresent() && ended < MOST_AT_ONCE; ended++) {
            previous = end(previous.get(), newer).map(DeploymentRecord::previous);
        }
    }

    /** The older one that was ended by this; empty where there is none to end. */
    private Optional<DeploymentRecord> end(DeploymentId older, DeploymentRecord newer) {
        for (int attempt = 0; attempt < TRIES; attempt++) {
            backoff.before(attempt);
            Optional<Versioned<DeploymentRecord>> read =
                    ledger.readableDeployment(older).filter(found -> isToEnd(found.value(), newer));
            if (read.isEmpty()) {
                return Optional.empty();
            }
            if (ending.end(read.get(), BuildDecision.superseded(), null)) {
                return read.map(Versioned::value);
            }
        }
        throw new StoreUnavailable(
                "deployment " + older + " was changed by others in " + TRIES + " tries",
                true,
                null);
    }

    private static boolean isToEnd(DeploymentRecord older, DeploymentRecord newer) {
        return older.stage().compareTo(Stage.DEPLOYING) < 0
                && newer.order().newerThan(older.order());
    }
}
