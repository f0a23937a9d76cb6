package dev.slipway.cli.installation;

import java.util.List;

/**
 * How an installation is brought up.
 *
 * @param firstPort the local cloud takes the first free port from here on
 * @param regions the regions that exist; the first is the default; none keeps what was there
 */
public record UpSettings(int firstPort, List<String> regions) {
    private static final int FIRST_PORT = 8470;

    /** What {@code up} without options does. */
    public static UpSettings defaults() {
        return new UpSettings(FIRST_PORT, List.of());
    }
}
