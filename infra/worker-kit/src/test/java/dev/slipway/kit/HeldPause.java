package dev.slipway.kit;

import dev.slipway.ledger.Pause;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.Semaphore;

/** A pause that lasts until the test says so, and keeps how long it was asked to be. */
public final class HeldPause implements Pause {
    private static final int ALL = 1000;

    private final List<Duration> asked = new CopyOnWriteArrayList<>();
    private final Semaphore goOn = new Semaphore(0);

    @Override
    public void pause(Duration duration) {
        if (duration.isPositive()) {
            asked.add(duration);
            goOn.acquireUninterruptibly();
        }
    }

    /** The pauses so far, the one that lasts included. */
    public List<Duration> asked() {
        return asked;
    }

    /** Ends one. */
    public void end() {
        goOn.release();
    }

    /** Ends all that last and all that follow. */
    public void endAll() {
        goOn.release(ALL);
    }
}
