package dev.slipway.kit.planted.decide;

import dev.slipway.ledger.Ledger;

/** A decision that asks the store. */
record AsksTheLedger(Ledger ledger) {}
