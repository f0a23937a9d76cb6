package dev.slipway.ledger.planted;

import dev.slipway.contracts.ServiceKey;

/** A class as it should be. */
record KeepsToItself(ServiceKey service) {}
