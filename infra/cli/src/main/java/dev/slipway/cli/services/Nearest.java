package dev.slipway.cli.services;

import java.util.Collection;
import java.util.Comparator;
import java.util.Optional;

/** Which of some names was likely meant. */
final class Nearest {
    private static final int LONGEST = 100;

    private Nearest() {}

    /** The name with the fewest letters different, if those are not too many. */
    static Optional<String> to(String typed, Collection<String> names) {
        String cut = typed.substring(0, Math.min(typed.length(), LONGEST));
        return names.stream()
                .min(
                        Comparator.<String>comparingInt(name -> distance(cut, name))
                                .thenComparing(Comparator.naturalOrder()))
                .filter(
                        name ->
                                distance(cut, name) <= Math.max(1, name.length() / 3)
                                        || name.startsWith(cut)
                                        || cut.startsWith(name));
    }

    /** Letters put in, left out or replaced (Levenshtein). */
    static int distance(String one, String other) {
        int[] row = new int[other.length() + 1];
        for (int column = 0; column <= other.length(); column++) {
            row[column] = column;
        }
        for (int line = 1; line <= one.length(); line++) {
            int diagonal = row[0];
            row[0] = line;
            for (int column = 1; column <= other.length(); column++) {
                int replaced =
                        diagonal + (one.charAt(line - 1) == other.charAt(column - 1) ? 0 : 1);
                diagonal = row[column];
                row[column] = Math.min(replaced, 1 + Math.min(row[column], row[column - 1]));
            }
        }
        return row[other.length()];
    }
}
