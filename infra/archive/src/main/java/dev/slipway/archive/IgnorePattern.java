package dev.slipway.archive;

import java.util.Optional;
import java.util.regex.Pattern;
import java.util.regex.PatternSyntaxException;

/**
 * One line of an ignore file, with gitignore's meaning.
 *
 * @param negated the line takes back what an earlier one excluded
 * @param foldersOnly the line ends with a slash
 */
record IgnorePattern(Pattern regex, boolean negated, boolean foldersOnly) {
    /** Nothing for a comment, an empty line or a pattern that matches nothing. */
    static Optional<IgnorePattern> of(String line) {
        String text = withoutTrailingSpaces(line);
        if (text.isEmpty() || text.startsWith("#")) {
            return Optional.empty();
        }
        boolean negated = text.startsWith("!");
        text = negated ? text.substring(1) : text;
        boolean foldersOnly = text.endsWith("/");
        text = foldersOnly ? text.substring(0, text.length() - 1) : text;
        boolean anchored = text.indexOf('/') >= 0;
        text = text.startsWith("/") ? text.substring(1) : text;
        if (text.isEmpty()) {
            return Optional.empty();
        }
        try {
            Pattern regex = Pattern.compile((anchored ? "" : "(?:.*/)?") + Glob.regex(text));
            return Optional.of(new IgnorePattern(regex, negated, foldersOnly));
        } catch (PatternSyntaxException e) {
            return Optional.empty(); // like git: a broken class matches nothing
        }
    }

    boolean matches(String path, boolean folder) {
        return (folder || !foldersOnly) && regex.matcher(path).matches();
    }

    private static String withoutTrailingSpaces(String line) {
        int end = line.endsWith("\r") ? line.length() - 1 : line.length();
        while (end > 0
                && line.charAt(end - 1) == ' '
                && !(end > 1 && line.charAt(end - 2) == '\\')) {
            end--;
        }
        return line.substring(0, end);
    }
}
