package dev.slipway.kit.planted.decide;

import dev.slipway.contracts.Verdict;
import dev.slipway.kit.FailureKind;
import dev.slipway.ledger.DeploymentRecord;
import java.time.Instant;
import java.util.Optional;

/** A decision as it should be. */
public record IsPure(DeploymentRecord record, FailureKind kind, Instant now) {
    Optional<Verdict> verdict() {
        return Optional.ofNullable(record.verdict()).filter(_ -> kind.worthRetrying());
    }
}
