package dev.slipway.cli.planted;

import org.assertj.core.api.Assertions;

/** A class with a library that is not allowed here. */
final class NamesAnotherLibrary {
    private NamesAnotherLibrary() {}

    static void fail() {
        Assertions.fail("never called");
    }
}
