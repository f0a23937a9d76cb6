package dev.slipway.deploy;

import dev.slipway.ledger.DeploymentRecord;
import dev.slipway.ledger.ServiceEntry;
import dev.slipway.ledger.Versioned;
import java.time.Duration;
import java.util.Optional;

/**
 * What one look after a rollout read of the ledger, as long as it is fresh: for a second of
 * waiting, and until the look itself changes something. The service is read each time; its etag and
 * the record's swap carry the safety.
 */
final class Known {
    private static final Duration FRESH = Duration.ofSeconds(1);

    private final Patience patience;
    private Optional<Versioned<DeploymentRecord>> record;
    private Optional<ServiceEntry> entry = Optional.empty();
    private Duration freshUntilLeft;
    private boolean justBegun;

    Known(Patience patience, Optional<Versioned<DeploymentRecord>> record) {
        this.patience = patience;
        this.record = record;
        this.freshUntilLeft = patience.left().minus(FRESH);
    }

    Optional<Versioned<DeploymentRecord>> record() {
        if (patience.left().compareTo(freshUntilLeft) <= 0) {
            forget();
        }
        return record;
    }

    Optional<ServiceEntry> entry() {
        return entry;
    }

    void saw(Versioned<DeploymentRecord> read) {
        if (record.isEmpty()) {
            freshUntilLeft = patience.left().minus(FRESH);
        }
        record = Optional.of(read);
    }

    void saw(ServiceEntry read) {
        entry = Optional.of(read);
        justBegun = false;
    }

    /** The record was swapped to enter DEPLOYING, on facts that were read just before. */
    void began(Versioned<DeploymentRecord> written) {
        record = Optional.of(written);
        justBegun = true;
    }

    boolean justBegun() {
        return justBegun;
    }

    void forget() {
        record = Optional.empty();
        entry = Optional.empty();
        justBegun = false;
    }
}
