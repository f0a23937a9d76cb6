package dev.slipway.cli.drop;

import dev.slipway.cli.terminal.Problem;
import dev.slipway.contracts.Shown;
import java.util.regex.Pattern;

/** The name of a region, as people type it. */
public final class RegionName {
    private static final Pattern FORM = Pattern.compile("[a-z]+-[a-z]+[0-9]+");

    private RegionName() {}

    /**
     * Returns where it has the form of one.
     *
     * @throws Problem if not
     */
    public static void check(String region) {
        if (!FORM.matcher(region).matches()) {
            throw Problem.usage(
                    Shown.of(region) + " is no region; one is written like europe-west1",
                    "Name another with --region REGION.");
        }
    }
}
