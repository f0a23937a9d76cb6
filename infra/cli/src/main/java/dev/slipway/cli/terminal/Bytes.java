package dev.slipway.cli.terminal;

import java.util.Locale;

/** Numbers of bytes as people read them. */
public final class Bytes {
    private static final String[] UNITS = {"kB", "MB", "GB"};
    private static final double STEP = 1000;

    private Bytes() {}

    /** {@code 12 B}, {@code 34.5 kB}, {@code 1.2 MB}. */
    public static String of(long bytes) {
        if (bytes < STEP) {
            return bytes + " B";
        }
        double shown = bytes / STEP;
        int unit = 0;
        while (shown >= STEP && unit < UNITS.length - 1) {
            shown /= STEP;
            unit++;
        }
        return String.format(Locale.ROOT, "%.1f %s", shown, UNITS[unit]);
    }
}
