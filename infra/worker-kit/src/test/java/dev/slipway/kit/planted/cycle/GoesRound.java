package dev.slipway.kit.planted.cycle;

import dev.slipway.kit.planted.MeetsItself;

/** One half of a cycle. */
public record GoesRound(MeetsItself other) {}
