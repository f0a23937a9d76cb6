package dev.slipway.local.pubsub;

import io.grpc.StatusRuntimeException;
import java.util.regex.MatchResult;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** The words of a filter. */
final class FilterTokens {
    /** What a token is. */
    enum Kind {
        WORD,
        STRING,
        SYMBOL,
        END
    }

    /**
     * One token.
     *
     * @param text a string without its quotes and escapes
     * @param at where it starts, from 1
     */
    record Token(Kind kind, String text, int at) {
        boolean is(Kind wanted, String word) {
            return kind == wanted && text.equals(word);
        }
    }

    private static final Pattern FORM =
            Pattern.compile(
                    "(?<word>[A-Za-z0-9_][A-Za-z0-9_-]*)"
                            + "|\"(?<string>(?:[^\"\\\\]|\\\\.)*)\""
                            + "|(?<symbol>!=|[():.,=-])");
    private static final Pattern ESCAPE =
            Pattern.compile(
                    "\\\\(?:u(?<wide>[0-9A-Fa-f]{4})|[xX](?<hex>[0-9A-Fa-f]{2})"
                            + "|(?<octal>[0-3][0-7]{2})|(?<one>.))",
                    Pattern.DOTALL);
    private static final String ESCAPED = "abfnrtv\\\"'?`";
    private static final String MEANT = "\u0007\b\f\n\r\t\u000b\\\"'?`";

    private final String text;
    private int position;
    private Token next;

    FilterTokens(String text) {
        this.text = text;
        this.next = read();
    }

    Token peek() {
        return next;
    }

    Token next() {
        Token token = next;
        next = read();
        return token;
    }

    private Token read() {
        while (position < text.length() && Character.isWhitespace(text.charAt(position))) {
            position++;
        }
        int at = position + 1;
        if (position == text.length()) {
            return new Token(Kind.END, "", at);
        }
        Matcher form = FORM.matcher(text).region(position, text.length());
        if (!form.lookingAt()) {
            throw Refusal.invalid(
                    "The filter is invalid at position %d: found %s, which starts nothing that is"
                            + " allowed.",
                    at, text.substring(position, Math.min(text.length(), position + 1)));
        }
        position = form.end();
        if (form.group("word") != null) {
            return new Token(Kind.WORD, form.group("word"), at);
        }
        return form.group("string") != null
                ? new Token(Kind.STRING, unescaped(form.group("string"), at), at)
                : new Token(Kind.SYMBOL, form.group("symbol"), at);
    }

    private static String unescaped(String raw, int at) {
        return ESCAPE.matcher(raw)
                .replaceAll(escape -> Matcher.quoteReplacement(meaning(escape, at)));
    }

    private static String meaning(MatchResult escape, int at) {
        if (escape.group("wide") != null) {
            return Character.toString(Integer.parseInt(escape.group("wide"), 16));
        }
        if (escape.group("hex") != null) {
            return Character.toString(Integer.parseInt(escape.group("hex"), 16));
        }
        if (escape.group("octal") != null) {
            return Character.toString(Integer.parseInt(escape.group("octal"), 8));
        }
        int known = ESCAPED.indexOf(escape.group("one"));
        if (known < 0) {
            throw unknown(escape.group(), at);
        }
        return MEANT.substring(known, known + 1);
    }

    private static StatusRuntimeException unknown(String escape, int at) {
        return Refusal.invalid(
                "The filter is invalid: the string at position %d holds %s, which is no escape"
                        + " sequence.",
                at, escape);
    }
}
