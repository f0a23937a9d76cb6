package dev.slipway.archive;

import java.util.regex.Pattern;

/** A gitignore glob as a regular expression. */
final class Glob {
    private final String glob;
    private final StringBuilder regex = new StringBuilder();
    private int at;

    private Glob(String glob) {
        this.glob = glob;
    }

    static String regex(String glob) {
        return new Glob(glob).translated();
    }

    private String translated() {
        while (at < glob.length()) {
            next();
        }
        return regex.toString();
    }

    private void next() {
        boolean startsSegment = at == 0 || glob.charAt(at - 1) == '/';
        if (startsSegment && glob.startsWith("**/", at)) {
            append("(?:.*/)?", 3);
        } else if (startsSegment && glob.substring(at).equals("**")) {
            append(".+", 2);
        } else {
            switch (glob.charAt(at)) {
                case '*' -> append("[^/]*", 1);
                case '?' -> append("[^/]", 1);
                case '[' -> characterClass();
                case '\\' -> escaped();
                default -> append(Pattern.quote(glob.substring(at, at + 1)), 1);
            }
        }
    }

    private void append(String text, int consumed) {
        regex.append(text);
        at += consumed;
    }

    private void escaped() {
        if (at + 1 < glob.length()) {
            append(Pattern.quote(glob.substring(at + 1, at + 2)), 2);
        } else {
            append("(?!)", 1); // like git: a backslash at the end matches nothing
        }
    }

    private void characterClass() {
        int first = at + 1;
        boolean negated = first < glob.length() && "!^".indexOf(glob.charAt(first)) >= 0;
        first += negated ? 1 : 0;
        int end = glob.indexOf(']', first + 1);
        if (end < 0) {
            append(Pattern.quote("["), 1);
            return;
        }
        String inside = glob.substring(first, end).replaceAll("([\\[\\]\\\\&^])", "\\\\$1");
        append("(?!/)[" + (negated ? "^" : "") + inside + "]", end + 1 - at);
    }
}
