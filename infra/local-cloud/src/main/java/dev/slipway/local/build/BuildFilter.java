package dev.slipway.local.build;

import com.google.cloudbuild.v1.Build;
import io.grpc.Status;
import io.grpc.StatusRuntimeException;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.function.Predicate;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * A list's filter, as Google's APIs have it (AIP-160): {@code FIELD OP VALUE} joined by AND (or
 * nothing), OR, NOT and parentheses; OR binds closer than AND.
 *
 * @param tag one that every wanted build has, where the filter says so
 */
record BuildFilter(Predicate<Build> wanted, @Nullable String tag) {
    private static final int LONGEST = 2000;
    private static final Pattern WORD =
            Pattern.compile(
                    "\\s*(\\(|\\)|<=|>=|!=|=|<|>|:|\"(?:[^\"\\\\]|\\\\.)*\"|[^\\s()<>=!:\"]+)\\s*");

    /**
     * Reads a filter; an empty one wants everything.
     *
     * @throws StatusRuntimeException INVALID_ARGUMENT, saying what is not understood
     */
    static BuildFilter parse(String text) {
        if (text.isBlank()) {
            return new BuildFilter(_ -> true, null);
        }
        if (text.length() > LONGEST) {
            throw invalid("it is longer than " + LONGEST + " characters");
        }
        Deque<String> words = words(text);
        BuildFilter filter = all(words);
        if (!words.isEmpty()) {
            throw invalid("\"" + words.peek() + "\" is not expected");
        }
        return filter;
    }

    private static Deque<String> words(String text) {
        Deque<String> words = new ArrayDeque<>();
        Matcher word = WORD.matcher(text);
        int end = 0;
        while (word.lookingAt()) {
            words.add(word.group(1));
            end = word.end();
            word.region(end, text.length());
        }
        if (end < text.length()) {
            throw invalid("\"" + text.substring(end) + "\" is not understood");
        }
        return words;
    }

    private static BuildFilter all(Deque<String> words) {
        BuildFilter filter = any(words);
        while (!words.isEmpty() && !")".equals(words.peek())) {
            if ("AND".equals(words.peek())) {
                words.pop();
            }
            BuildFilter next = any(words);
            filter =
                    new BuildFilter(
                            filter.wanted.and(next.wanted),
                            filter.tag == null ? next.tag : filter.tag);
        }
        return filter;
    }

    private static BuildFilter any(Deque<String> words) {
        BuildFilter filter = one(words);
        while ("OR".equals(words.peek())) {
            words.pop();
            filter = new BuildFilter(filter.wanted.or(one(words).wanted), null);
        }
        return filter;
    }

    private static BuildFilter one(Deque<String> words) {
        String word = next(words);
        if (word.equals("NOT")) {
            return new BuildFilter(one(words).wanted.negate(), null);
        }
        if (!word.equals("(")) {
            return compared(word, next(words), unquoted(next(words)));
        }
        BuildFilter inner = all(words);
        if (!next(words).equals(")")) {
            throw invalid("a parenthesis is not closed");
        }
        return inner;
    }

    private static BuildFilter compared(String field, String operator, String value) {
        BuildField known = BuildField.named(field);
        if (known == null) {
            throw invalid(field + " is not among the fields that are known: " + BuildField.names());
        }
        Predicate<Build> wanted = known.compare(operator, value);
        if (wanted == null) {
            throw invalid(field + " " + operator + " \"" + value + "\" cannot be compared");
        }
        boolean tagged =
                known.name().equals("tags") && (operator.equals("=") || operator.equals(":"));
        return new BuildFilter(wanted, tagged ? value : null);
    }

    private static String next(Deque<String> words) {
        if (words.isEmpty()) {
            throw invalid("it ends too early");
        }
        return words.pop();
    }

    private static String unquoted(String word) {
        return word.startsWith("\"")
                ? word.substring(1, word.length() - 1).replaceAll("\\\\(.)", "$1")
                : word;
    }

    private static StatusRuntimeException invalid(String why) {
        return Status.INVALID_ARGUMENT
                .withDescription("invalid filter: " + why)
                .asRuntimeException();
    }
}
