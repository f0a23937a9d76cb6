package dev.slipway.kit.planted;

import java.util.Random;
import java.util.UUID;

/** Makes up numbers and names. */
final class ThrowsDice {
    private ThrowsDice() {}

    static String id() {
        return UUID.randomUUID() + "-" + new Random().nextInt() + "-" + Math.random();
    }
}
