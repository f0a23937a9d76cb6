package dev.slipway.contracts.manifest;

import java.time.Duration;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** Durations as gcloud takes them: {@code 300}, {@code 90s}, {@code 5m}, {@code 1h30m}. */
final class Seconds {
    private static final Pattern FORM =
            Pattern.compile("(?=.)(?:(\\d{1,6})h)?(?:(\\d{1,6})m)?(?:(\\d{1,6})s?)?");

    private Seconds() {}

    static Optional<Duration> parse(String text) {
        Matcher form = FORM.matcher(text);
        if (!form.matches()) {
            return Optional.empty();
        }
        return Optional.of(
                Duration.ofHours(number(form.group(1)))
                        .plusMinutes(number(form.group(2)))
                        .plusSeconds(number(form.group(3))));
    }

    private static long number(@Nullable String digits) {
        return digits == null ? 0 : Long.parseLong(digits);
    }
}
