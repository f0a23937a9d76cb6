package dev.slipway.upload.decide;

import dev.slipway.ledger.DeploymentRecord;
import dev.slipway.ledger.ServiceEntry;
import java.time.Instant;

/**
 * All that a decision rests on.
 *
 * @param name what the object's name says today
 * @param since when the current stage was entered
 * @param now by the storage's clock: a sweep's own, else the time of the record's last write
 * @param entry what is known of the service
 */
public record UploadFacts(
        DeploymentRecord record, DropName name, Instant since, Instant now, ServiceEntry entry) {}
