package dev.slipway.local.build;

import com.google.protobuf.Duration;
import com.google.protobuf.util.Durations;

/**
 * How long builds may take.
 *
 * @param queue a build that waited this long is EXPIRED
 * @param build one that worked this long is a TIMEOUT
 */
record TimeLimits(Duration queue, Duration build) {
    /** Cloud Build's own defaults, which {@code builds:submit} cannot change. */
    static final TimeLimits DEFAULT =
            new TimeLimits(Durations.fromHours(1), Durations.fromHours(1));
}
