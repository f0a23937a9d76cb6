package dev.slipway.upload.decide;

import dev.slipway.contracts.Verdict;
import dev.slipway.ledger.Waiting;

/** The one thing to do next about a drop. */
public sealed interface UploadStep {
    /** Nothing: others carry it on. */
    record Leave(String why) implements UploadStep {}

    /** Fetch, verify and stage it. */
    record Verify() implements UploadStep {}

    /** Tell the next stage, again if need be. */
    record TellStored() implements UploadStep {}

    /** Wait for the platform. */
    record Wait(Waiting waiting) implements UploadStep {}

    /** It is over. */
    record End(Verdict verdict) implements UploadStep {}
}
