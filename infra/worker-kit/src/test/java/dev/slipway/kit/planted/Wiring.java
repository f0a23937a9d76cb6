package dev.slipway.kit.planted;

import java.time.InstantSource;

/** Where the real clock may come from. */
final class Wiring {
    private Wiring() {}

    static InstantSource clock() {
        return InstantSource.system();
    }
}
