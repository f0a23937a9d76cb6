package dev.slipway.local.planted.one;

import dev.slipway.local.planted.two.KeepsToItself;

/** An API that reaches into another one. */
record NamesAnotherApi(KeepsToItself other) {}
