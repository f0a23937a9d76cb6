package dev.slipway.contracts;

import java.io.Serial;

/** A message that is no event we know; it will not become one by waiting. */
public final class UnreadableEvent extends Exception {
    @Serial private static final long serialVersionUID = 1;

    UnreadableEvent(String message) {
        super(message);
    }
}
