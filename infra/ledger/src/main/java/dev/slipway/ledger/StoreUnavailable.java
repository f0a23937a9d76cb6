package dev.slipway.ledger;

import java.io.Serial;
import org.jspecify.annotations.Nullable;

/** The store could not be asked. */
public final class StoreUnavailable extends RuntimeException {
    @Serial private static final long serialVersionUID = 1;

    private final boolean busy;

    /**
     * What was tried, and why it did not go.
     *
     * @param busy whether the store only asked for a pause (429 or 503)
     */
    public StoreUnavailable(String message, boolean busy, @Nullable Throwable cause) {
        super(message, cause);
        this.busy = busy;
    }

    /** Whether the store only asked for a pause. */
    public boolean busy() {
        return busy;
    }
}
