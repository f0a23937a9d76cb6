package dev.slipway.deploy.decide;

import static org.assertj.core.api.Assertions.assertThat;

import dev.slipway.deploy.decide.AfterFailure.Attempt;
import dev.slipway.deploy.decide.AfterFailure.Failed;
import dev.slipway.deploy.decide.AfterFailure.Moment;
import dev.slipway.deploy.decide.DeployStep.Close;
import dev.slipway.deploy.decide.DeployStep.End;
import dev.slipway.deploy.decide.DeployStep.Wait;
import dev.slipway.kit.FailureKind;
import dev.slipway.ledger.DeploymentRecord;
import dev.slipway.ledger.Jitter;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

/** Every kind of failure, of everything that is tried, at every age that counts. */
class AfterFailureTest {
    private static final Instant SINCE = Situation.SINCE;
    private static final Rules RULES = new Situation().rules;
    private static final Duration NOW = Duration.ZERO;
    private static final Duration SPREAD = AfterFailure.PERMISSION_SPREADS;
    private static final Duration PAST = RULES.deadline();
    private static final int ONCE = 1;
    private static final int ENOUGH = 6;

    private static String after(
            DeploymentRecord record, Attempt attempt, FailureKind kind, int tries, Duration age) {
        return AfterFailure.isWorthAnotherLook(kind, tries, Duration.ZERO)
                ? "read"
                : after(record, failed(attempt, kind, Duration.ZERO), age);
    }

    /** What is drawn is the ceiling. */
    private static Failed failed(Attempt attempt, FailureKind kind, Duration asked) {
        return new Failed(kind, "no", attempt, asked, new Jitter(1));
    }

    /** How it goes on, in a few words. */
    private static String after(DeploymentRecord record, Failed failed, Duration age) {
        Instant now = SINCE.plus(age);
        return words(AfterFailure.next(record, failed, new Moment(SINCE, now, RULES)), now);
    }

    private static String words(DeployStep step, Instant now) {
        return switch (step) {
            case Wait(var waiting) ->
                    waiting.cause() + " " + Duration.between(now, waiting.notBefore()).toSeconds();
            case End(var verdict, _) -> "end " + verdict.reason();
            case Close(var verdict, _) -> "close " + verdict.reason();
            case DeployStep.Leave _,
                    DeployStep.Await _,
                    DeployStep.Begin _,
                    DeployStep.Create _,
                    DeployStep.Deploy _,
                    DeployStep.Route _,
                    DeployStep.CreateTrigger _,
                    DeployStep.AdjustTrigger _,
                    DeployStep.DeleteTrigger _,
                    DeployStep.Delete _,
                    DeployStep.RaiseAbsent _,
                    DeployStep.DeployAgain _ ->
                    throw new AssertionError(step + " is no answer to a failure");
        };
    }

    @ParameterizedTest
    @CsvSource({
        // kind, at first, too often, when a permission would have spread, past the deadline
        "TRANSIENT, read, PLATFORM 10, PLATFORM 120, close DEPLOY_TIMED_OUT",
        "CONFLICT, read, PLATFORM 30, PLATFORM 120, close DEPLOY_TIMED_OUT",
        "ALREADY_EXISTS, read, PLATFORM 30, PLATFORM 120, close DEPLOY_TIMED_OUT",
        "NOT_FOUND, read, PLATFORM 30, PLATFORM 120, close DEPLOY_TIMED_OUT",
        "BUSY, QUOTA 30, QUOTA 30, QUOTA 120, QUOTA 120",
        "DENIED, PERMISSION 30, PERMISSION 30, close DEPLOY_REFUSED, close DEPLOY_REFUSED",
        "REFUSED, close DEPLOY_REFUSED, close DEPLOY_REFUSED, close DEPLOY_REFUSED, "
                + "close DEPLOY_REFUSED"
    })
    void aWriteOfTheServiceIsToldByItsKindAndAge(
            FailureKind kind, String first, String often, String spread, String past) {
        DeploymentRecord deploying = Situation.DEPLOYING;

        assertThat(after(deploying, Attempt.WRITE, kind, ONCE, NOW)).isEqualTo(first);
        assertThat(after(deploying, Attempt.WRITE, kind, ENOUGH, NOW)).isEqualTo(often);
        assertThat(after(deploying, Attempt.WRITE, kind, ENOUGH, SPREAD.minusMillis(1)))
                .isEqualTo(often.replaceFirst("[0-9]+", "120"));
        assertThat(after(deploying, Attempt.WRITE, kind, ENOUGH, SPREAD)).isEqualTo(spread);
        assertThat(after(deploying, Attempt.WRITE, kind, ENOUGH, PAST)).isEqualTo(past);
    }

    @ParameterizedTest
    @CsvSource({
        "TRANSIENT, read, PLATFORM 120, close DEPLOY_TIMED_OUT",
        "CONFLICT, read, PLATFORM 120, close DEPLOY_TIMED_OUT",
        "ALREADY_EXISTS, read, PLATFORM 120, close DEPLOY_TIMED_OUT",
        "NOT_FOUND, read, PLATFORM 120, close DEPLOY_TIMED_OUT",
        "BUSY, QUOTA 30, QUOTA 120, QUOTA 120",
        "DENIED, PERMISSION 30, PERMISSION 120, close DEPLOY_REFUSED",
        "REFUSED, close TRIGGER_REFUSED, close TRIGGER_REFUSED, close TRIGGER_REFUSED"
    })
    void aTriggerIsToldByItsKindAndAge(FailureKind kind, String first, String spread, String past) {
        DeploymentRecord deploying = Situation.DEPLOYING;

        assertThat(after(deploying, Attempt.TRIGGER, kind, ONCE, NOW)).isEqualTo(first);
        assertThat(after(deploying, Attempt.TRIGGER, kind, ENOUGH, SPREAD)).isEqualTo(spread);
        assertThat(after(deploying, Attempt.TRIGGER, kind, ENOUGH, PAST)).isEqualTo(past);
    }

    @ParameterizedTest
    @EnumSource
    void aTriggerThatOnlyIsInTheWayEndsNoDeployment(FailureKind kind) {
        assertThat(after(Situation.DEPLOYING, Attempt.TIDY, kind, ENOUGH, PAST))
                .matches("(PLATFORM|QUOTA|PERMISSION) 120");
    }

    @ParameterizedTest
    @EnumSource
    void whatCannotBeReadSaysNothingOfAServiceThatMayBeWritten(FailureKind kind) {
        String expected =
                switch (kind) {
                    case BUSY -> "QUOTA 120";
                    case TRANSIENT, CONFLICT, ALREADY_EXISTS, NOT_FOUND -> "PLATFORM 120";
                    case DENIED, REFUSED -> "PERMISSION 120";
                };

        assertThat(after(Situation.DEPLOYING, Attempt.READ, kind, ENOUGH, SPREAD))
                .isEqualTo(expected);
    }

    @ParameterizedTest
    @EnumSource
    void beforeAnythingIsWrittenARefusalIsTheEndAndNothingTimesOut(FailureKind kind) {
        String expected =
                switch (kind) {
                    case BUSY -> "QUOTA 120";
                    case TRANSIENT, CONFLICT, ALREADY_EXISTS, NOT_FOUND -> "PLATFORM 120";
                    case DENIED, REFUSED -> "end DEPLOY_REFUSED";
                };

        assertThat(after(Situation.BUILT, Attempt.READ, kind, ENOUGH, PAST)).isEqualTo(expected);
        assertThat(after(Situation.BUILT, Attempt.WRITE, kind, ENOUGH, PAST)).isEqualTo(expected);
    }

    @ParameterizedTest
    @EnumSource
    void whatIsBeingClosedStaysSo(FailureKind kind) {
        for (Attempt attempt : Attempt.values()) {
            assertThat(after(Situation.CLOSING, attempt, kind, ENOUGH, PAST))
                    .matches("(PLATFORM|QUOTA|PERMISSION) 120");
        }
    }

    @ParameterizedTest
    @CsvSource({"1, 11, 31", "20, 30, 50", "31, 41, 61", "600, 610, 630", "86400, 610, 630"})
    void aPlatformThatSaysForHowLongIsLeftAloneForThatLong(int asked, int soon, int late) {
        for (FailureKind kind : FailureKind.values()) {
            String expected =
                    switch (kind) {
                        case TRANSIENT -> "PLATFORM " + soon;
                        case BUSY -> "QUOTA " + late;
                        case CONFLICT, ALREADY_EXISTS, NOT_FOUND -> "PLATFORM " + late;
                        case DENIED -> "PERMISSION " + late;
                        case REFUSED -> "close DEPLOY_REFUSED";
                    };
            Duration told = Duration.ofSeconds(asked);
            Failed failed = failed(Attempt.WRITE, kind, told);

            assertThat(AfterFailure.isWorthAnotherLook(kind, ONCE, told)).isFalse();
            assertThat(after(Situation.DEPLOYING, failed, NOW)).isEqualTo(expected);
        }
    }

    @Test
    void twoThatFailTogetherDoNotComeTogether() {
        Failed mine = busy(new Jitter(0.1));
        Failed theirs = busy(new Jitter(0.7));

        assertThat(after(Situation.DEPLOYING, mine, NOW)).isEqualTo("QUOTA 3");
        assertThat(after(Situation.DEPLOYING, theirs, NOW)).isEqualTo("QUOTA 21");
        assertThat(after(Situation.DEPLOYING, theirs, Duration.ofMinutes(1))).isEqualTo("QUOTA 42");
    }

    private static Failed busy(Jitter drawn) {
        return new Failed(FailureKind.BUSY, "no", Attempt.WRITE, Duration.ZERO, drawn);
    }

    @Test
    void onlyWhatMayPassIsWaitedForByAWrite() {
        assertThat(Arrays.stream(FailureKind.values()).filter(FailureKind::worthRetrying))
                .allSatisfy(
                        kind ->
                                assertThat(
                                                after(
                                                        Situation.DEPLOYING,
                                                        Attempt.WRITE,
                                                        kind,
                                                        ENOUGH,
                                                        NOW))
                                        .matches("(QUOTA|PLATFORM|PERMISSION) \\d+"));
    }
}
