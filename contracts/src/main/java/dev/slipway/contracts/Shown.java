package dev.slipway.contracts;

/** Text from outside, made fit for a log line, an answer or a terminal. */
public final class Shown {
    private static final int LONGEST = 200;

    private Shown() {}

    /**
     * At most 200 characters, with control, line-separating and direction-changing characters
     * escaped.
     */
    public static String of(String text) {
        return of(text, LONGEST);
    }

    /**
     * At most {@code longest} characters, with control, line-separating and direction-changing
     * characters escaped.
     */
    public static String of(String text, int longest) {
        StringBuilder shown = new StringBuilder();
        text.codePoints().limit(longest).forEach(point -> append(shown, point));
        return text.codePointCount(0, text.length()) > longest ? shown + "…" : shown.toString();
    }

    private static void append(StringBuilder shown, int point) {
        switch (Character.getType(point)) {
            case Character.CONTROL,
                    Character.FORMAT,
                    Character.LINE_SEPARATOR,
                    Character.PARAGRAPH_SEPARATOR,
                    Character.SURROGATE,
                    Character.UNASSIGNED,
                    Character.PRIVATE_USE ->
                    shown.append("\\u{").append(Integer.toHexString(point)).append('}');
            default -> shown.appendCodePoint(point);
        }
    }
}
