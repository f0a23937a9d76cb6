package dev.slipway.build.decide;

import dev.slipway.ledger.DeploymentRecord;
import dev.slipway.ledger.ServiceEntry;
import java.time.Instant;
import java.util.Optional;

/**
 * All that a decision rests on; what the record's stage does not ask for is left empty.
 *
 * @param since when the current stage was entered
 * @param now by the storage's clock: a sweep's own, else the time of the record's last write
 * @param entry what is known of the service
 * @param built the image that was built from this source before; for VERIFIED
 * @param window for VERIFIED
 * @param build the recorded build; for BUILDING
 * @param imageUri where the build pushes; for BUILDING
 */
public record BuildFacts(
        DeploymentRecord record,
        Asked asked,
        Instant since,
        Instant now,
        ServiceEntry entry,
        Optional<String> built,
        Window window,
        Optional<BuildSeen> build,
        String imageUri) {
    /** The same, with the recorded build's state. */
    public BuildFacts seeing(BuildSeen seen) {
        return new BuildFacts(
                record, asked, since, now, entry, built, window, Optional.of(seen), imageUri);
    }
}
