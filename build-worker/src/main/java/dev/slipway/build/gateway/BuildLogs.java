package dev.slipway.build.gateway;

import java.util.List;

/** What builds print. */
@FunctionalInterface
public interface BuildLogs {
    /**
     * The last lines of a log, 20 at most; empty where it cannot be read from here. It never fails:
     * a missing log must not keep an outcome back.
     */
    List<String> lastLines(String logUrl);
}
