package dev.slipway.cli.logs;

import java.util.List;

/** The log of one revision or one build. */
@FunctionalInterface
public interface Log {
    /** The lines that were written since it was asked for last; the first time, the last ones. */
    List<String> news();
}
