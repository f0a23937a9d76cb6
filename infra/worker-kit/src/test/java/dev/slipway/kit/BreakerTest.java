package dev.slipway.kit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.SplittableRandom;
import java.util.concurrent.CountDownLatch;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.EnumSource.Mode;

/** A breaker and what it guards, under a clock that only the test moves. */
class BreakerTest {
    private static final Instant NOON = Instant.parse("2026-01-01T12:00:00Z");
    private static final Duration LONGEST = Duration.ofSeconds(64);

    /** What is guarded. */
    public interface Door {
        /** Answers, or fails. */
        String ask(String question);
    }

    private final MovingClock clock = new MovingClock(NOON);
    private final List<Duration> opened = new ArrayList<>();
    private final Breaker breaker = breaker(1);
    private final List<String> asked = new ArrayList<>();
    private final List<Duration> longest = new ArrayList<>();
    private RuntimeException failure = failing(FailureKind.TRANSIENT);
    private boolean fails;
    private final Door door = Guarded.gateway(Door.class, this::answer, breaker);

    private Breaker breaker(long seed) {
        return new Breaker(
                "api", clock, new SplittableRandom(seed), it -> opened.add(it.openFor()));
    }

    private String answer(String question) {
        asked.add(question);
        if (fails) {
            throw failure;
        }
        return "yes, " + question;
    }

    private static GatewayException failing(FailureKind kind) {
        return new GatewayException(kind, "ask", "the answer was " + kind, null);
    }

    private void fail(int times) {
        fails = true;
        for (int time = 0; time < times; time++) {
            assertThatThrownBy(() -> door.ask("?")).isSameAs(failure);
        }
    }

    private GatewayException refusal() {
        int before = asked.size();
        GatewayException refused =
                catchThrowableOfType(GatewayException.class, () -> door.ask("?"));
        assertThat(asked).as("what came through").hasSize(before);
        assertThat(refused.kind()).isEqualTo(FailureKind.BUSY);
        return refused;
    }

    @Test
    void whileAllIsWellItOnlyPassesOn() {
        assertThat(door.ask("well?")).isEqualTo("yes, well?");
        assertThat(breaker.isOpen()).isFalse();
        assertThat(breaker.openFor()).isZero();
    }

    @ParameterizedTest
    @EnumSource(names = {"TRANSIENT", "BUSY"})
    void afterTenFailuresInARowCallsFailAtOnceAsBusyAndSayForHowLong(FailureKind kind) {
        failure = failing(kind);
        fail(Breaker.ENOUGH - 1);
        assertThat(breaker.isOpen()).isFalse();
        fail(1);

        GatewayException refused = refusal();

        assertThat(refused.sentence())
                .isEqualTo(
                        "tried to ask at api but it failed each time of late and is not asked now");
        assertThat(refused.retryAfter())
                .isEqualTo(breaker.openFor())
                .isBetween(Duration.ofMillis(1), Duration.ofSeconds(2));
        assertThat(opened).containsExactly(refused.retryAfter());
    }

    @Test
    void oneAnswerInBetweenCountsFromTheStart() {
        fail(Breaker.ENOUGH - 1);
        fails = false;
        door.ask("now?");
        fail(Breaker.ENOUGH - 1);

        assertThat(breaker.isOpen()).isFalse();
    }

    @ParameterizedTest
    @EnumSource(
            mode = Mode.EXCLUDE,
            names = {"TRANSIENT", "BUSY"})
    void anApiThatSaysNoAnswers(FailureKind kind) {
        fail(Breaker.ENOUGH - 1);
        failure = failing(kind);
        fail(2 * Breaker.ENOUGH);
        failure = failing(FailureKind.TRANSIENT);
        fail(Breaker.ENOUGH - 1);

        assertThat(breaker.isOpen()).isFalse();
    }

    @Test
    void whatIsNoAnswerOfTheApiCountsNeitherWay() {
        fail(Breaker.ENOUGH - 1);
        failure = new IllegalStateException("our own mistake");
        fail(3);
        assertThat(breaker.isOpen()).isFalse();
        failure = failing(FailureKind.TRANSIENT);
        fail(1);
        assertThat(breaker.isOpen()).isTrue();
        clock.pass(breaker.openFor());
        failure = new IllegalStateException("our own mistake");
        fail(1);

        assertThat(breaker.isOpen()).isTrue();
        fails = false;
        assertThat(door.ask("and now?")).isEqualTo("yes, and now?");
    }

    @Test
    void oneTrialThatSucceedsClosesIt() {
        fail(Breaker.ENOUGH);
        clock.pass(breaker.openFor());
        fails = false;

        door.ask("again?");

        assertThat(breaker.isOpen()).isFalse();
        fail(Breaker.ENOUGH - 1);
        assertThat(breaker.isOpen()).isFalse();
    }

    @Test
    void eachTrialThatFailsOpensItForLongerUpToAMinute() {
        fail(Breaker.ENOUGH);

        Duration whole = Duration.ofSeconds(2);
        for (int trial = 0; trial < 9; trial++) {
            assertThat(refusal().retryAfter()).isBetween(Duration.ofMillis(1), whole);
            whole = whole.compareTo(LONGEST) < 0 ? whole.multipliedBy(2) : whole;
            clock.pass(breaker.openFor());
            fail(1);
        }
    }

    @Test
    void itIsOpenForAnyTimeUpToThat() {
        fails = true;
        for (int seed = 0; seed < 200; seed++) {
            Breaker each = breaker(seed);
            Door guarded = Guarded.gateway(Door.class, this::answer, each);
            for (int failed = 0; failed < Breaker.ENOUGH; failed++) {
                assertThatThrownBy(() -> guarded.ask("?")).isSameAs(failure);
            }
            for (int trial = 0; trial < 6; trial++) {
                opened.clear();
                clock.pass(each.openFor());
                assertThatThrownBy(() -> guarded.ask("?")).isSameAs(failure);
                longest.add(each.openFor());
            }
        }

        assertThat(longest).allMatch(open -> open.compareTo(LONGEST) <= 0);
        assertThat(longest).anyMatch(open -> open.compareTo(Duration.ofSeconds(60)) > 0);
        assertThat(longest).anyMatch(open -> open.compareTo(Duration.ofMillis(100)) < 0);
    }

    @ParameterizedTest
    @CsvSource({"5, 5, 7", "3600, 64, 66"})
    void anApiThatSaysWhenToComeAgainIsLeftAloneUntilThen(int asked, int least, int most) {
        failure =
                new GatewayException(
                        FailureKind.BUSY, "ask", "not now", null, Duration.ofSeconds(asked));

        fail(Breaker.ENOUGH);

        assertThat(breaker.openFor())
                .isBetween(Duration.ofSeconds(least).plusMillis(1), Duration.ofSeconds(most));
    }

    @Test
    void processesDoNotTryAtTheSameMoment() {
        IntStream.range(0, 20)
                .mapToObj(this::breaker)
                .map(it -> Guarded.gateway(Door.class, this::answer, it))
                .forEach(
                        each -> {
                            fails = true;
                            for (int time = 0; time < Breaker.ENOUGH; time++) {
                                assertThatThrownBy(() -> each.ask("?")).isSameAs(failure);
                            }
                        });

        Set<Duration> different = opened.stream().collect(Collectors.toSet());
        assertThat(different).hasSizeGreaterThan(10);
    }

    @Test
    void onlyOneTrialIsLetThroughAtATime() throws InterruptedException {
        fail(Breaker.ENOUGH);
        clock.pass(breaker.openFor());
        CountDownLatch under = new CountDownLatch(1);
        CountDownLatch answer = new CountDownLatch(1);
        Door slow =
                Guarded.gateway(
                        Door.class,
                        question -> {
                            under.countDown();
                            try {
                                answer.await();
                            } catch (InterruptedException e) {
                                throw new IllegalStateException(e);
                            }
                            return question;
                        },
                        breaker);
        Thread trial = Thread.ofVirtual().start(() -> slow.ask("slowly?"));
        under.await();

        assertThat(refusal().retryAfter()).isPositive();
        answer.countDown();
        trial.join();

        fails = false;
        door.ask("all of us?");
        assertThat(breaker.isOpen()).isFalse();
    }

    @Test
    void aTrialThatNeverReturnsMakesWayAfterAMinute() {
        fail(Breaker.ENOUGH);
        clock.pass(breaker.openFor());
        breaker.admit("never");
        assertThat(refusal().retryAfter()).isEqualTo(Duration.ofSeconds(2));
        assertThat(opened).as("shut by opening, and by the trial").hasSize(2);
        clock.pass(Duration.ofSeconds(59));
        assertThat(refusal().retryAfter()).isEqualTo(Duration.ofSeconds(1));

        clock.pass(Duration.ofSeconds(1));
        fails = false;

        assertThat(door.ask("instead?")).isEqualTo("yes, instead?");
    }

    @Test
    void whatWasAskedBeforeItOpenedDoesNotOpenItForLonger() {
        int early = breaker.admit("early");
        fail(Breaker.ENOUGH);
        clock.pass(breaker.openFor());

        breaker.failed(early, failing(FailureKind.TRANSIENT));

        assertThat(breaker.openFor()).isZero();
        assertThat(opened).hasSize(1);
    }

    @Test
    void aClockThatIsSetBackOrForwardOnlyMakesTheTrialDue() {
        fail(Breaker.ENOUGH);
        clock.pass(Duration.ofDays(-1));
        assertThat(breaker.openFor()).isZero();
        fail(1);
        refusal();
        clock.pass(Duration.ofDays(400));
        fails = false;

        door.ask("what time is it?");

        assertThat(breaker.isOpen()).isFalse();
    }

    @Test
    void whatEveryObjectHasIsNoCall() {
        fail(Breaker.ENOUGH);

        assertThat(door.toString()).contains("BreakerTest");
        assertThat(door.hashCode()).isEqualTo(door.hashCode());
    }
}
