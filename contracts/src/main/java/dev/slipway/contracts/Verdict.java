package dev.slipway.contracts;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Why and how a deployment ended.
 *
 * @param reason one of the closed list; it implies the outcome
 * @param message what was tried, what was found, what is allowed, in one or few sentences
 * @param entry the archive's entry concerned, if one is
 * @param line the line of {@code slipway.yaml} concerned, from 1, if one is
 * @param field the field of {@code slipway.yaml} concerned, if one is
 * @param logUrl where the whole log can be read, if there is one
 * @param logTail the last lines of a failed build or start, 20 at most
 */
public record Verdict(
        Reason reason,
        String message,
        @Nullable String entry,
        @Nullable Integer line,
        @Nullable String field,
        @Nullable String logUrl,
        List<String> logTail) {
    private static final int LONGEST_MESSAGE = 2000;
    private static final int LONGEST_LINE = 500;
    private static final int MOST_LINES = 20;

    /** Cuts and cleans what came from outside. */
    public Verdict {
        message = Shown.of(message, LONGEST_MESSAGE);
        List<String> lines = logTail == null ? List.of() : logTail;
        logTail =
                lines.stream()
                        .skip(Math.max(0, lines.size() - MOST_LINES))
                        .map(text -> Shown.of(text, LONGEST_LINE))
                        .toList();
    }

    /** A verdict that concerns no single entry or line. */
    public static Verdict of(Reason reason, String message) {
        return new Verdict(reason, message, null, null, null, null, List.of());
    }

    /** The same, about one entry of the archive. */
    public Verdict atEntry(String name) {
        return new Verdict(reason, message, Shown.of(name), line, field, logUrl, logTail);
    }

    /** The same, about one place in the manifest. */
    public Verdict atField(int number, String name) {
        return new Verdict(reason, message, entry, number, Shown.of(name), logUrl, logTail);
    }

    /** The same, about one field of the manifest whose line is not known any more. */
    public Verdict atField(String name) {
        return new Verdict(reason, message, entry, line, Shown.of(name), logUrl, logTail);
    }

    /** The same, with a log to read. */
    public Verdict withLog(@Nullable String url, List<String> tail) {
        return new Verdict(reason, message, entry, line, field, url, tail);
    }

    /** The outcome that the reason implies. */
    public Outcome outcome() {
        return reason.outcome();
    }
}
