package dev.slipway.ledger;

import java.io.Serial;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/** The store could not be asked. */
public final class StoreUnavailable extends RuntimeException {
    @Serial private static final long serialVersionUID = 1;

    private final boolean busy;
    private final Duration retryAfter;

    /**
     * What was tried, and why it did not go.
     *
     * @param busy whether the store only asked for a pause (429 or 503)
     */
    public StoreUnavailable(String message, boolean busy, @Nullable Throwable cause) {
        this(message, busy, cause, Duration.ZERO);
    }

    /**
     * The same.
     *
     * @param retryAfter how long it asks to be left alone; zero where it does not say
     */
    public StoreUnavailable(
            String message, boolean busy, @Nullable Throwable cause, Duration retryAfter) {
        super(message, cause);
        this.busy = busy;
        this.retryAfter = retryAfter;
    }

    /** Whether the store only asked for a pause. */
    public boolean busy() {
        return busy;
    }

    /** How long it asks to be left alone; zero where it does not say. */
    public Duration retryAfter() {
        return retryAfter;
    }
}
