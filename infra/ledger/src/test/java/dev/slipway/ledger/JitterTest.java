package dev.slipway.ledger;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.function.Function;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class JitterTest {
    private static final Duration FIRST = Duration.ofSeconds(2);
    private static final Duration LONGEST = Duration.ofSeconds(30);
    private static final int MANY = 1000;

    private static List<Duration> drawn(long seed, Function<Jitter, Duration> pause) {
        Backoff backoff = new Backoff(_ -> {}, new Random(seed));
        return Stream.generate(backoff::jitter).map(pause).limit(MANY).toList();
    }

    /** Never more than the ceiling, and as often below its middle as above. */
    private static void assertFullJitter(List<Duration> pauses, Duration ceiling) {
        assertThat(pauses)
                .allMatch(Duration::isPositive)
                .allMatch(pause -> pause.compareTo(ceiling) <= 0);
        Duration middle = ceiling.dividedBy(2);
        assertThat(pauses.stream().filter(pause -> pause.compareTo(middle) < 0).count())
                .isBetween(MANY * 4L / 10, MANY * 6L / 10);
    }

    @ParameterizedTest
    @CsvSource({"0, 2", "1, 2", "2, 4", "3, 8", "4, 16", "5, 30", "6, 30", "2147483647, 30"})
    void theCeilingDoublesWithEachFailure(int failures, long ceiling) {
        assertFullJitter(
                drawn(1, jitter -> jitter.after(failures, FIRST, LONGEST)),
                Duration.ofSeconds(ceiling));
    }

    @ParameterizedTest
    @CsvSource({"-5, 2", "0, 2", "3, 3", "29, 29", "31, 30", "86400, 30"})
    void theCeilingGrowsWithTheTimeThatItLasts(long lasted, long ceiling) {
        assertFullJitter(
                drawn(1, jitter -> jitter.lasting(Duration.ofSeconds(lasted), FIRST, LONGEST)),
                Duration.ofSeconds(ceiling));
    }

    @Test
    void twoWorkersDoNotPauseEqually() {
        List<Duration> mine = drawn(1, jitter -> jitter.below(LONGEST));
        List<Duration> theirs = drawn(2, jitter -> jitter.below(LONGEST));

        for (int pause = 0; pause < MANY; pause++) {
            assertThat(mine.get(pause)).isNotEqualTo(theirs.get(pause));
        }
    }

    @Test
    void whoWaitsForTheStoreDoesNotWaitAsLongAsOthers() {
        assertThat(pauses(1)).hasSize(12).isNotEqualTo(pauses(2));
    }

    /** Of somebody whom a busy store never answers. */
    private static List<Duration> pauses(long seed) {
        List<Duration> pauses = new ArrayList<>();
        Backoff backoff = new Backoff(pauses::add, new Random(seed));
        assertThatThrownBy(
                        () ->
                                backoff.whileBusy(
                                        () -> {
                                            throw new StoreUnavailable("not now", true, null);
                                        }))
                .isInstanceOf(StoreUnavailable.class);
        for (int attempt = 1; attempt <= pauses.size(); attempt++) {
            long ceiling = Math.min(2000, 40L << attempt);
            assertThat(pauses.get(attempt - 1))
                    .isBetween(Duration.ZERO, Duration.ofMillis(ceiling));
        }
        return pauses;
    }

    @ParameterizedTest
    @ValueSource(doubles = {-0.1, 1.1, Double.NaN})
    void whatIsNoShareIsRefused(double share) {
        assertThatThrownBy(() -> new Jitter(share)).hasMessageContaining("not between 0 and 1");
    }
}
