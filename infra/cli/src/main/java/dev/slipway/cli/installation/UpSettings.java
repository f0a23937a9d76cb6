package dev.slipway.cli.installation;

import dev.slipway.cli.terminal.Problem;
import dev.slipway.contracts.Shown;
import java.util.List;
import java.util.regex.Pattern;

/**
 * How an installation is brought up.
 *
 * @param firstPort the local cloud takes the first free port from here on
 * @param regions the regions that exist; the first is the default; none keeps what was there
 */
public record UpSettings(int firstPort, List<String> regions) {
    private static final int FIRST_PORT = 8470;
    private static final int LAST_PORT = 65535;
    private static final Pattern REGION = Pattern.compile("[a-z]+-[a-z]+[0-9]+");

    /** What {@code up} was asked for. */
    public static UpSettings asked(int firstPort, List<String> regions) {
        if (firstPort < 1 || firstPort > LAST_PORT) {
            throw Problem.usage(
                    firstPort + " is no port; one is a number from 1 to " + LAST_PORT,
                    "Choose another one with --port PORT.");
        }
        for (String region : regions) {
            if (!REGION.matcher(region).matches()) {
                throw Problem.usage(
                        "'" + Shown.of(region) + "' is no region; one is written like europe-west1",
                        "Choose others with --region REGION,REGION.");
            }
        }
        return new UpSettings(firstPort, regions);
    }

    /** What {@code up} without options does. */
    public static UpSettings defaults() {
        return new UpSettings(FIRST_PORT, List.of());
    }
}
