package dev.slipway.ledger;

import java.time.Instant;

/**
 * A value as it was read, so that it can be swapped.
 *
 * @param updated when it was written, by the storage's clock
 */
public record Versioned<T>(T value, long generation, Instant updated) {}
