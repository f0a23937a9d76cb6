package dev.slipway.contracts.manifest;

import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/** The field that was probably meant. */
final class Suggestion {
    private static final int LONGEST = 60;

    private Suggestion() {}

    /** Nothing where none is close. */
    static Optional<String> of(String written, List<String> known) {
        if (written.length() > LONGEST) {
            return Optional.empty();
        }
        int close = Math.max(1, written.length() / 3);
        return known.stream()
                .filter(
                        name ->
                                distance(plain(written), plain(name)) <= close
                                        || letters(written).equals(letters(name)))
                .min(Comparator.comparingInt(name -> distance(plain(written), plain(name))));
    }

    private static List<Integer> letters(String name) {
        return plain(name).chars().sorted().boxed().toList();
    }

    /** {@code min-instances} and {@code MinInstances} are {@code minInstances}. */
    private static String plain(String name) {
        return name.replaceAll("[-_ ]", "").toLowerCase(Locale.ROOT);
    }

    /** Letters to put in, take out or change (Levenshtein). */
    private static int distance(String from, String to) {
        int[] row = new int[to.length() + 1];
        for (int column = 0; column <= to.length(); column++) {
            row[column] = column;
        }
        for (int line = 1; line <= from.length(); line++) {
            int diagonal = row[0];
            row[0] = line;
            for (int column = 1; column <= to.length(); column++) {
                int changed = diagonal + (from.charAt(line - 1) == to.charAt(column - 1) ? 0 : 1);
                diagonal = row[column];
                row[column] = Math.min(changed, 1 + Math.min(diagonal, row[column - 1]));
            }
        }
        return row[to.length()];
    }
}
