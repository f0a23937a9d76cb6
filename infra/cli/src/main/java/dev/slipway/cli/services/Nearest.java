package dev.slipway.cli.services;

import dev.slipway.cli.terminal.Distance;
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
                        Comparator.<String>comparingInt(name -> Distance.between(cut, name))
                                .thenComparing(Comparator.naturalOrder()))
                .filter(
                        name ->
                                Distance.between(cut, name) <= Math.max(1, name.length() / 3)
                                        || name.startsWith(cut)
                                        || cut.startsWith(name));
    }
}
