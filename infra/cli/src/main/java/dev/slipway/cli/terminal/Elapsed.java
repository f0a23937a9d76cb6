package dev.slipway.cli.terminal;

import java.time.Duration;
import java.util.Locale;

/** Durations as people read them. */
public final class Elapsed {
    private static final double MILLIS = 1000;

    private Elapsed() {}

    /** Seconds with one decimal below a minute, then minutes and seconds. */
    public static String of(Duration time) {
        Duration shown = time.isNegative() ? Duration.ZERO : time;
        return shown.toMinutes() < 1
                ? String.format(Locale.ROOT, "%.1f s", shown.toMillis() / MILLIS)
                : shown.toMinutes() + " min " + shown.toSecondsPart() + " s";
    }

    /** The largest unit only: {@code 12 s}, {@code 3 min}, {@code 5 h}, {@code 2 d}. */
    public static String roughly(Duration time) {
        if (time.toMinutes() < 1) {
            return Math.max(0, time.toSeconds()) + " s";
        }
        if (time.toHours() < 1) {
            return time.toMinutes() + " min";
        }
        return time.toDays() < 1 ? time.toHours() + " h" : time.toDays() + " d";
    }
}
