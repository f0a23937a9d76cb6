package dev.slipway.ledger.planted;

import com.google.cloud.storage.Storage;

/** A rule of the ledger with one of Google's clients. */
record SeesGoogle(Storage storage) {}
