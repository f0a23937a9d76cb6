package dev.slipway.kit.google;

/** A way in which work reaches a worker; it holds still until it is resumed for the first time. */
interface StageWork {
    /** Takes work up, also again after a pause; called twice it does nothing more. */
    void resume();

    /** Takes nothing more up; what is in hand is finished. */
    void pause();
}
