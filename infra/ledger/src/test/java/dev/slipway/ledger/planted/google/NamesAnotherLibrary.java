package dev.slipway.ledger.planted.google;

import org.assertj.core.api.Assertions;

/** An implementation with a library that is not allowed here. */
final class NamesAnotherLibrary {
    private NamesAnotherLibrary() {}

    static void fail() {
        Assertions.fail("never called");
    }
}
