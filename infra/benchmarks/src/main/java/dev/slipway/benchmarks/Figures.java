package dev.slipway.benchmarks;

import java.util.Arrays;
import java.util.Locale;

/** Prints figures, one a line; a script holds them against its bars. */
final class Figures {
    private Figures() {}

    static void print(String name, double value, String unit) {
        System.out.printf(Locale.ROOT, "%s %.3f %s%n", name, value, unit);
    }

    /** The smallest value that {@code percent} of all do not exceed. */
    static double percentile(double[] values, int percent) {
        double[] sorted = values.clone();
        Arrays.sort(sorted);
        int index = (int) Math.ceil(sorted.length * percent / 100.0) - 1;
        return sorted[Math.max(0, index)];
    }
}
