package dev.slipway.kit.planted;

import java.security.NoSuchAlgorithmException;
import java.security.SecureRandom;
import java.time.Clock;
import java.time.InstantSource;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.time.ZonedDateTime;
import java.util.Date;
import java.util.List;
import java.util.concurrent.ThreadLocalRandom;
import java.util.random.RandomGenerator;

/** Every clock, every chance and every sleep that the JDK offers. */
final class UsesAllThatIsReal {
    private UsesAllThatIsReal() {}

    @SuppressWarnings({"JavaTimeDefaultTimeZone", "JavaUtilDate"}) // planted
    static List<Object> times() {
        return List.of(
                LocalDate.now(),
                LocalDateTime.now(),
                OffsetDateTime.now(),
                ZonedDateTime.now(),
                InstantSource.system(),
                Clock.system(ZoneOffset.UTC),
                Clock.systemUTC(),
                Clock.systemDefaultZone(),
                System.currentTimeMillis(),
                System.nanoTime(),
                new Date());
    }

    static List<Object> chances() throws NoSuchAlgorithmException {
        return List.of(
                new SecureRandom(),
                SecureRandom.getInstanceStrong(),
                ThreadLocalRandom.current(),
                RandomGenerator.getDefault(),
                RandomGenerator.of("L64X128MixRandom"));
    }

    static void sleep() throws InterruptedException {
        Thread.sleep(1);
    }
}
