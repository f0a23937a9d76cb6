package dev.slipway.upload.decide;

import dev.slipway.ledger.Order;
import java.time.Duration;
import java.time.Instant;
import java.util.Collection;
import java.util.Comparator;

/** Up to which order every drop has a record. */
public final class Watermark {
    /**
     * Younger drops are left to their notices, and to the next listing: an object may become
     * visible a little after the time that it carries.
     */
    public static final Duration SETTLES = Duration.ofMinutes(1);

    private Watermark() {}

    /** Just before everything that is created at this time. */
    public static Order at(String bucket, Instant time) {
        return new Order(time.toEpochMilli(), 0, bucket, "-");
    }

    /**
     * Where it may stand after every drop older than {@code settled} was given its record.
     *
     * @param open the orders of the open markers
     */
    public static Order after(String bucket, Instant settled, Collection<Order> open) {
        Order listed = at(bucket, settled);
        return open.stream()
                .filter(order -> order.bucket().equals(bucket))
                .min(Comparator.naturalOrder())
                .filter(listed::newerThan)
                .orElse(listed);
    }
}
