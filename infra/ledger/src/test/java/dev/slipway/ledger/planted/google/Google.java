package dev.slipway.ledger.planted.google;

import com.google.cloud.storage.Storage;

/** An implementation as it should be. */
public record Google(Storage storage) {}
