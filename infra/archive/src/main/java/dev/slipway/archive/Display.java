package dev.slipway.archive;

/** An entry's name, made fit for a log line, an answer or a terminal. */
final class Display {
    private static final int LONGEST = 200;

    private Display() {}

    /** At most 200 characters, with what could steer a terminal or change direction escaped. */
    static String of(String name) {
        StringBuilder shown = new StringBuilder();
        for (int at = 0; at < name.length(); ) {
            int point = name.codePointAt(at);
            String next = harmless(point) ? Character.toString(point) : escaped(point);
            if (shown.length() + next.length() >= LONGEST) {
                return shown.append('…').toString();
            }
            shown.append(next);
            at += Character.charCount(point);
        }
        return shown.toString();
    }

    /** Whether a character prints as itself and moves nothing else. */
    static boolean harmless(int point) {
        return switch (Character.getType(point)) {
            case Character.CONTROL,
                    Character.FORMAT,
                    Character.LINE_SEPARATOR,
                    Character.PARAGRAPH_SEPARATOR,
                    Character.SURROGATE,
                    Character.UNASSIGNED,
                    Character.PRIVATE_USE ->
                    false;
            default -> true;
        };
    }

    private static String escaped(int point) {
        return "\\u{" + Integer.toHexString(point) + '}';
    }
}
