package dev.slipway.upload;

import dev.slipway.ledger.DeploymentRecord;
import dev.slipway.ledger.Versioned;
import dev.slipway.upload.decide.Drop;
import java.util.Optional;

/**
 * A drop that has a record.
 *
 * @param record as it was just read or written
 * @param drop what storage just said of it, so that it need not be asked again; empty where it was
 *     not asked
 */
record Admitted(Versioned<DeploymentRecord> record, Optional<Drop> drop) {
    /** One of which only the record is known. */
    static Admitted earlier(Versioned<DeploymentRecord> record) {
        return new Admitted(record, Optional.empty());
    }
}
