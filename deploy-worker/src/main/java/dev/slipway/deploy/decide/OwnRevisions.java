package dev.slipway.deploy.decide;

import dev.slipway.ledger.DeploymentRecord;
import java.util.Objects;

/**
 * The revisions of one deployment, of whichever attempt.
 *
 * @param current the name of the current attempt's
 */
public record OwnRevisions(String current) {
    /** Those of a deploying deployment. */
    public static OwnRevisions of(DeploymentRecord record) {
        return new OwnRevisions(
                Objects.requireNonNull(record.revision(), "a deploying deployment has a revision"));
    }

    boolean has(String revision) {
        String family = current.substring(0, current.lastIndexOf('-') + 1);
        return revision.startsWith(family)
                && revision.substring(family.length()).chars().allMatch(Character::isDigit);
    }
}
