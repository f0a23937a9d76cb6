package dev.slipway.local.planted.two;

import dev.slipway.local.Settings;

/** An API as it should be. */
public record KeepsToItself(Settings settings) {}
