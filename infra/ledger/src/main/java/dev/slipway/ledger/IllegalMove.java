package dev.slipway.ledger;

import java.io.Serial;

/**
 * A move that would take a record backwards, or out of a terminal stage: a fault of the program.
 */
public final class IllegalMove extends IllegalStateException {
    @Serial private static final long serialVersionUID = 1;

    IllegalMove(DeploymentRecord from, Stage to) {
        super(
                "deployment "
                        + from.deployment()
                        + " is "
                        + from.stage()
                        + " and cannot become "
                        + to);
    }
}
