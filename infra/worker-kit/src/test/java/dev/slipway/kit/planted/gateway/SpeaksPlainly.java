package dev.slipway.kit.planted.gateway;

import dev.slipway.kit.planted.decide.IsPure;

/** A gateway as it should be. */
public interface SpeaksPlainly {
    /** Does what was decided. */
    void act(IsPure decision);
}
