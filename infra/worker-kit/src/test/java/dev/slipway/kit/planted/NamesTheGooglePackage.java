package dev.slipway.kit.planted;

import dev.slipway.kit.planted.gateway.SpeaksPlainly;
import dev.slipway.kit.planted.google.Google;

/** A verb that knows who implements its gateway. */
record NamesTheGooglePackage(SpeaksPlainly gateway) {
    boolean isGoogle() {
        return gateway instanceof Google;
    }
}
