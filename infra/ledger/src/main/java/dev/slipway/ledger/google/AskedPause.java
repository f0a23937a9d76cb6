package dev.slipway.ledger.google;

import com.google.api.client.http.HttpHeaders;
import com.google.api.client.http.HttpResponseException;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.ZonedDateTime;
import java.time.format.DateTimeFormatter;
import org.jspecify.annotations.Nullable;

/** For how long Cloud Storage asks to be left alone: the header {@code Retry-After}. */
public final class AskedPause {
    private static final Duration LONGEST = Duration.ofDays(1);
    private static final int DEEPEST = 20;
    private static final int TOO_MANY_REQUESTS = 429;
    private static final int SERVER_ERRORS = 500;

    private AskedPause() {}

    /**
     * As a failed call of Google's client tells it; zero where it does not, or where coming again
     * would not help.
     */
    public static Duration in(Throwable failure) {
        Throwable cause = failure;
        for (int depth = 0; cause != null && depth < DEEPEST; depth++) {
            if (cause instanceof HttpResponseException answered) {
                return in(answered.getStatusCode(), answered.getHeaders());
            }
            cause = cause.getCause();
        }
        return Duration.ZERO;
    }

    /** As an answer tells it; a time of day counts from the answer's own. */
    static Duration in(int status, HttpHeaders headers) {
        String told = headers.getRetryAfter();
        if (told == null || (status != TOO_MANY_REQUESTS && status < SERVER_ERRORS)) {
            return Duration.ZERO;
        }
        try {
            return bounded(
                    told.strip().chars().allMatch(Character::isDigit)
                            ? Duration.ofSeconds(Long.parseLong(told.strip()))
                            : between(headers.getDate(), told));
        } catch (NumberFormatException | DateTimeException _) {
            return Duration.ZERO;
        }
    }

    private static Duration between(@Nullable String answered, String until) {
        return answered == null
                ? Duration.ZERO
                : Duration.between(time(answered), time(until.strip()));
    }

    private static ZonedDateTime time(String date) {
        return ZonedDateTime.parse(date, DateTimeFormatter.RFC_1123_DATE_TIME);
    }

    private static Duration bounded(Duration asked) {
        if (asked.isNegative()) {
            return Duration.ZERO;
        }
        return asked.compareTo(LONGEST) > 0 ? LONGEST : asked;
    }
}
