package dev.slipway.cli.installation;

import dev.slipway.cli.terminal.Problem;
import dev.slipway.contracts.Shown;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;

/**
 * How an installation is brought up.
 *
 * @param firstPort the local cloud takes the first free port from here on
 * @param regions the regions that exist; the first is the default; none keeps what was there
 * @param scale how many workers of a stage, by identity id; what is not said stays as it is
 */
public record UpSettings(int firstPort, List<String> regions, Map<String, Integer> scale) {
    private static final int FIRST_PORT = 8470;
    private static final int LAST_PORT = 65535;
    private static final Pattern REGION = Pattern.compile("[a-z]+-[a-z]+[0-9]+");

    /** What {@code up} was asked for. */
    public static UpSettings asked(
            int firstPort, List<String> regions, Map<String, Integer> scale) {
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
        scale.values().forEach(Scaling::check);
        return new UpSettings(firstPort, regions, Map.copyOf(scale));
    }

    /** What {@code up} without options does. */
    public static UpSettings defaults() {
        return new UpSettings(FIRST_PORT, List.of(), Map.of());
    }
}
