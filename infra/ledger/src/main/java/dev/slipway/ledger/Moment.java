package dev.slipway.ledger;

import java.time.Instant;

/** When a stage was entered, by the storage's clock. */
public record Moment(Stage stage, int buildAttempt, int deployAttempt, Instant at) {}
