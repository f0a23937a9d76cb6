package dev.slipway.ledger.planted;

import dev.slipway.ledger.planted.google.Google;

/** A rule of the ledger that knows who implements its store. */
record NamesTheGooglePackage(Google google) {}
