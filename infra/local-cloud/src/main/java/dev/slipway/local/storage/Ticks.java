package dev.slipway.local.storage;

import static java.nio.charset.StandardCharsets.US_ASCII;

import java.time.Instant;
import java.time.InstantSource;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.time.temporal.ChronoUnit;

/**
 * Storage's one clock: microseconds since 1970, each given out once, greater than every one before,
 * over restarts and whatever the machine's clock does. A generation is such a tick, and its
 * milliseconds are the time the object was created.
 */
final class Ticks {
    private static final int MICROS_PER_MILLI = 1000;
    private static final DateTimeFormatter MILLIS =
            DateTimeFormatter.ofPattern("uuuu-MM-dd'T'HH:mm:ss.SSS'Z'").withZone(ZoneOffset.UTC);
    private static final DateTimeFormatter MICROS =
            DateTimeFormatter.ofPattern("uuuu-MM-dd'T'HH:mm:ss.SSSSSS'Z'").withZone(ZoneOffset.UTC);

    private final InstantSource clock;
    private final Journal journal;
    private long last;

    Ticks(InstantSource clock, Journal journal) {
        this.clock = clock;
        this.journal = journal;
        byte[] kept = journal.get(Keys.LAST_GENERATION);
        this.last = kept == null ? 0 : Long.parseLong(new String(kept, US_ASCII));
    }

    /** The next tick; it is kept before anything that bears it. */
    synchronized long next() {
        last = Math.max(last + 1, ChronoUnit.MICROS.between(Instant.EPOCH, clock.instant()));
        journal.put(Keys.LAST_GENERATION, Long.toString(last).getBytes(US_ASCII));
        return last;
    }

    static long millis(long tick) {
        return tick / MICROS_PER_MILLI;
    }

    /** RFC 3339 with milliseconds, as in resources. */
    static String text(long tick) {
        return MILLIS.format(Instant.ofEpochMilli(millis(tick)));
    }

    /** RFC 3339 with microseconds, as in notifications. */
    static String preciseText(long tick) {
        return MICROS.format(Instant.EPOCH.plus(tick, ChronoUnit.MICROS));
    }
}
