package dev.slipway.upload.decide;

import dev.slipway.contracts.ObjectVersion;
import dev.slipway.contracts.Shown;
import dev.slipway.ledger.Marker;
import dev.slipway.ledger.Order;
import java.nio.charset.StandardCharsets;
import org.jspecify.annotations.Nullable;

/**
 * What storage says of one generation of a dropped object.
 *
 * @param timeCreated milliseconds since 1970 by the storage's clock
 * @param size in bytes
 * @param correlation the uploader's own id, from the object's metadata {@code correlation-id}, fit
 *     for display and for a message attribute
 */
public record Drop(
        ObjectVersion version, long timeCreated, long size, @Nullable String correlation) {
    /** The object's metadata that holds the uploader's own id. */
    public static final String CORRELATION = "correlation-id";

    /** Pub/Sub: an attribute's value has 1024 bytes at most. */
    private static final int LONGEST_BYTES = 1024;

    /** Each of so many characters takes ten bytes at most when it has to be escaped. */
    private static final int ALWAYS_FITS = 100;

    /** Cleans the correlation. */
    public Drop {
        correlation = correlation == null || correlation.isBlank() ? null : fit(correlation);
    }

    private static String fit(String text) {
        String shown = Shown.of(text);
        return shown.getBytes(StandardCharsets.UTF_8).length <= LONGEST_BYTES
                ? shown
                : Shown.of(text, ALWAYS_FITS);
    }

    /** Its place among everything that changes a service. */
    public Order order() {
        return Order.of(version, timeCreated);
    }

    /** What stands for it while it is open. */
    public Marker marker() {
        return Marker.of(order());
    }
}
