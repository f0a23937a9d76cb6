package dev.slipway.ledger;

import java.io.Serial;

/** An object of the ledger that does not parse: it is left untouched and somebody must look. */
public final class UnreadableObject extends RuntimeException {
    @Serial private static final long serialVersionUID = 1;

    UnreadableObject(String name, Throwable cause) {
        super(
                "the ledger's object "
                        + name
                        + " does not parse; it is left as it is: "
                        + cause.getMessage(),
                cause);
    }
}
