package dev.slipway.deploy.decide;

import dev.slipway.ledger.Order;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Whether a service is held, and the order of the request that said so; written as {@code on ORDER}
 * or {@code off ORDER}.
 */
public record Held(boolean on, Order order) {
    private static final Pattern FORM = Pattern.compile("(on|off) (.+)", Pattern.DOTALL);

    /** What {@link #text} wrote. */
    public static Held parse(String text) {
        Matcher form = FORM.matcher(text);
        if (!form.matches()) {
            throw new IllegalArgumentException(
                    "a hold is on or off, a space and the order of a request");
        }
        return new Held(form.group(1).equals("on"), Order.parse(form.group(2)));
    }

    /** As the annotation holds it. */
    public String text() {
        return (on ? "on " : "off ") + order.text();
    }
}
