package dev.slipway.kit.planted.decide;

import org.jboss.logging.Logger;

/** A decision that logs. */
final class WritesALog {
    private static final Logger LOG = Logger.getLogger(WritesALog.class);

    private WritesALog() {}

    static void decide() {
        LOG.info("decided");
    }
}
