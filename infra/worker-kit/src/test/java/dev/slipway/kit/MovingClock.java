package dev.slipway.kit;

import dev.slipway.ledger.Pause;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;

/** A clock that stands still until a test, or somebody's pause, moves it. */
public final class MovingClock implements InstantSource, Pause {
    private volatile Instant now;

    /** A clock that shows this time. */
    public MovingClock(Instant now) {
        this.now = now;
    }

    @Override
    public Instant instant() {
        return now;
    }

    @Override
    public synchronized void pause(Duration duration) {
        now = now.plus(duration);
    }

    /** Lets time pass. */
    public void pass(Duration duration) {
        pause(duration);
    }
}
