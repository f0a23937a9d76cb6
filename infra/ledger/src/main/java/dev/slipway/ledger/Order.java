package dev.slipway.ledger;

import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonValue;
import dev.slipway.contracts.ObjectVersion;
import dev.slipway.contracts.Shown;
import java.util.Comparator;
import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * When storage created the object that asks for something: (timeCreated, generation, bucket,
 * object), total and the same for every worker. Newer means greater.
 *
 * @param timeCreated milliseconds since 1970 by the storage's clock
 */
public record Order(long timeCreated, long generation, String bucket, String object)
        implements Comparable<Order> {
    private static final Pattern FORM =
            Pattern.compile("(\\d{13})-(\\d{20})-([^/]+)/(.+)", Pattern.DOTALL);
    private static final Comparator<Order> NEWER_IS_GREATER =
            Comparator.comparingLong(Order::timeCreated)
                    .thenComparingLong(Order::generation)
                    .thenComparing(Order::bucket)
                    .thenComparing(Order::object);

    /** The order of a drop or a request. */
    public static Order of(ObjectVersion version, long timeCreated) {
        return new Order(timeCreated, version.generation(), version.bucket(), version.object());
    }

    /** The order that {@link #text} wrote. */
    @JsonCreator(mode = JsonCreator.Mode.DELEGATING)
    public static Order parse(String text) {
        Matcher form = FORM.matcher(text);
        if (!form.matches()) {
            throw new IllegalArgumentException("not an order: " + Shown.of(text));
        }
        return new Order(
                Long.parseLong(form.group(1)),
                Long.parseLong(form.group(2)),
                form.group(3),
                form.group(4));
    }

    /** Text that sorts as orders do: 13 digits of milliseconds, 20 of generation, bucket/object. */
    @JsonValue
    public String text() {
        return String.format(
                Locale.ROOT, "%013d-%020d-%s/%s", timeCreated, generation, bucket, object);
    }

    /** Whether this one was created after the other. */
    public boolean newerThan(Order other) {
        return compareTo(other) > 0;
    }

    @Override
    public int compareTo(Order other) {
        return NEWER_IS_GREATER.compare(this, other);
    }

    @Override
    public String toString() {
        return text();
    }
}
