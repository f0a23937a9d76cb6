package dev.slipway.local.build;

import com.google.protobuf.Duration;
import com.google.protobuf.Timestamp;
import com.google.protobuf.util.Durations;
import com.google.protobuf.util.Timestamps;
import java.time.Instant;

/** Java's times in Google's messages. */
final class Times {
    private Times() {}

    static Timestamp of(Instant instant) {
        return Timestamp.newBuilder()
                .setSeconds(instant.getEpochSecond())
                .setNanos(instant.getNano())
                .build();
    }

    /** Milliseconds until {@code after} has passed since {@code start}, at least 0. */
    static long millisLeft(Timestamp start, Duration after, Instant now) {
        Timestamp end = Timestamps.add(start, after);
        return Math.max(0, Durations.toMillis(Timestamps.between(of(now), end)));
    }
}
