package dev.slipway.upload.decide;

import dev.slipway.contracts.Verdict;
import dev.slipway.contracts.manifest.Manifest;
import dev.slipway.ledger.Source;

/** What verifying a drop came to. */
public sealed interface Examined {
    /** It can be built, and its source is staged. */
    record Passed(Source source, Manifest manifest) implements Examined {}

    /** It cannot. */
    record Refused(Verdict verdict) implements Examined {}
}
