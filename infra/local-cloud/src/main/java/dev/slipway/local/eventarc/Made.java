package dev.slipway.local.eventarc;

import java.nio.charset.StandardCharsets;

/**
 * What was made for a trigger beside its subscription.
 *
 * @param topic whether its topic was, rather than given by the user
 * @param bucket whose notification it has; empty without one
 * @param notification the notification's id; empty without one
 */
record Made(boolean topic, String bucket, String notification) {
    byte[] write() {
        return String.join("\n", Boolean.toString(topic), bucket, notification)
                .getBytes(StandardCharsets.UTF_8);
    }

    static Made read(byte[] kept) {
        String[] parts = new String(kept, StandardCharsets.UTF_8).split("\n", -1);
        return new Made(Boolean.parseBoolean(parts[0]), parts[1], parts[2]);
    }
}
