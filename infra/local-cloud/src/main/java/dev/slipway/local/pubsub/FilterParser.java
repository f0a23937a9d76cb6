package dev.slipway.local.pubsub;

import dev.slipway.local.pubsub.FilterTokens.Kind;
import dev.slipway.local.pubsub.FilterTokens.Token;
import io.grpc.StatusRuntimeException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;

/**
 * Pub/Sub's filter language (Google's page "Filter messages from a subscription"): {@code
 * attributes:key}, {@code attributes.key = "value"}, {@code !=}, {@code hasPrefix(attributes.key,
 * "start")}, {@code NOT} or {@code -}, {@code AND}, {@code OR}; a mixture of AND and OR needs
 * parentheses.
 */
final class FilterParser {
    private static final int MOST_BYTES = 256;
    private static final int DEEPEST = 64;

    private final FilterTokens tokens;
    private int depth;

    private FilterParser(String text) {
        this.tokens = new FilterTokens(text);
    }

    /**
     * Reads a filter; an empty one wants everything.
     *
     * @throws StatusRuntimeException INVALID_ARGUMENT with the position and what is allowed there
     */
    static Filter parse(String text) {
        if (text.isEmpty()) {
            return new Filter.Everything();
        }
        int bytes = text.getBytes(StandardCharsets.UTF_8).length;
        if (bytes > MOST_BYTES) {
            throw Refusal.invalid(
                    "The filter is too long. You passed %d bytes, but the maximum is %d.",
                    bytes, MOST_BYTES);
        }
        FilterParser parser = new FilterParser(text);
        Filter filter = parser.expression();
        parser.expect(Kind.END, "", "AND, OR or the end");
        return filter;
    }

    private Filter expression() {
        Filter first = unary();
        String operator = tokens.peek().text();
        if (!isOperator()) {
            return first;
        }
        List<Filter> operands = new ArrayList<>(List.of(first));
        while (isOperator()) {
            if (!tokens.peek().text().equals(operator)) {
                throw wrong("parentheses around what is to be combined first");
            }
            tokens.next();
            operands.add(unary());
        }
        return operator.equals("AND") ? new Filter.And(operands) : new Filter.Or(operands);
    }

    private boolean isOperator() {
        return tokens.peek().is(Kind.WORD, "AND") || tokens.peek().is(Kind.WORD, "OR");
    }

    private Filter unary() {
        if (++depth > DEEPEST) {
            throw wrong("at most " + DEEPEST + " levels");
        }
        try {
            Token token = tokens.peek();
            if (token.is(Kind.WORD, "NOT") || token.is(Kind.SYMBOL, "-")) {
                tokens.next();
                return new Filter.Not(unary());
            }
            return primary();
        } finally {
            depth--;
        }
    }

    private Filter primary() {
        Token token = tokens.peek();
        if (token.is(Kind.SYMBOL, "(")) {
            tokens.next();
            Filter inner = expression();
            expect(Kind.SYMBOL, ")", "a closing parenthesis");
            return inner;
        }
        if (token.is(Kind.WORD, "hasPrefix")) {
            tokens.next();
            return prefix();
        }
        return comparison();
    }

    private Filter prefix() {
        expect(Kind.SYMBOL, "(", "an opening parenthesis");
        expect(Kind.WORD, "attributes", "attributes");
        expect(Kind.SYMBOL, ".", "a dot and the key");
        String key = key();
        expect(Kind.SYMBOL, ",", "a comma");
        String start = string();
        expect(Kind.SYMBOL, ")", "a closing parenthesis");
        return new Filter.Prefix(key, start);
    }

    private Filter comparison() {
        expect(Kind.WORD, "attributes", "attributes, hasPrefix, NOT, - or a parenthesis");
        if (tokens.peek().is(Kind.SYMBOL, ":")) {
            tokens.next();
            return new Filter.Has(key());
        }
        expect(Kind.SYMBOL, ".", "a colon or a dot");
        String key = key();
        Token operator = tokens.peek();
        if (operator.is(Kind.SYMBOL, "!=")) {
            tokens.next();
            return new Filter.Not(new Filter.Equal(key, string()));
        }
        expect(Kind.SYMBOL, "=", "= or !=");
        return new Filter.Equal(key, string());
    }

    private String key() {
        Token token = tokens.peek();
        if (token.kind() != Kind.WORD && token.kind() != Kind.STRING) {
            throw wrong("the key of an attribute");
        }
        return tokens.next().text();
    }

    private String string() {
        if (tokens.peek().kind() != Kind.STRING) {
            throw wrong("a value in double quotes");
        }
        return tokens.next().text();
    }

    private void expect(Kind kind, String text, String allowed) {
        if (!tokens.peek().is(kind, text)) {
            throw wrong(allowed);
        }
        tokens.next();
    }

    private StatusRuntimeException wrong(String allowed) {
        Token found = tokens.peek();
        return Refusal.invalid(
                "The filter is invalid at position %d: found %s, allowed is %s.",
                found.at(), found.kind() == Kind.END ? "the end" : found.text(), allowed);
    }
}
