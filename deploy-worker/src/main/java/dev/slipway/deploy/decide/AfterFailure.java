package dev.slipway.deploy.decide;

import dev.slipway.contracts.Reason;
import dev.slipway.contracts.Verdict;
import dev.slipway.deploy.decide.DeployStep.Close;
import dev.slipway.deploy.decide.DeployStep.End;
import dev.slipway.deploy.decide.DeployStep.Wait;
import dev.slipway.kit.FailureKind;
import dev.slipway.ledger.DeploymentRecord;
import dev.slipway.ledger.Jitter;
import dev.slipway.ledger.Stage;
import dev.slipway.ledger.Waiting;
import java.time.Duration;
import java.time.Instant;

/** What to do when Cloud Run could not be asked, or said no. */
public final class AfterFailure {
    /** A permission that was just granted may take this long to spread. */
    public static final Duration PERMISSION_SPREADS = Duration.ofMinutes(10);

    private static final int ENOUGH = 6;
    private static final Duration CEILING = Duration.ofSeconds(30);
    private static final Duration SHORT_CEILING = Duration.ofSeconds(10);
    private static final Duration LONGEST_CEILING = Duration.ofMinutes(2);

    private AfterFailure() {}

    /**
     * The failed call.
     *
     * @param sentence what was tried and what was answered
     * @param attempt what it was to do
     * @param asked how long the platform asks to be left alone; zero where it does not say
     * @param jitter where a pause lies
     */
    public record Failed(
            FailureKind kind, String sentence, Attempt attempt, Duration asked, Jitter jitter) {}

    /** What was tried. */
    public enum Attempt {
        /** To read the service, or what is around one that is held: no deadline runs meanwhile. */
        READ,
        /** To read what is around a service that can be read and is not held. */
        READ_AROUND,
        /** To change the service. */
        WRITE,
        /** To make a trigger, or to make it ready. */
        TRIGGER,
        /** To take a trigger away that only is in the way. */
        TIDY
    }

    /** When it failed, and how long the deployment may still try. */
    public record Moment(Instant since, Instant now, Rules rules) {
        private Duration lasted() {
            return Duration.between(since, now);
        }

        private boolean isPast(Duration limit) {
            return !now.isBefore(since.plus(limit));
        }
    }

    /**
     * Whether to read again at once: somebody else was faster, an answer was lost, or the like.
     *
     * @param tries how often in a row something like it has failed, this one counted
     * @param asked how long the platform asks to be left alone; zero where it does not say
     */
    public static boolean isWorthAnotherLook(FailureKind kind, int tries, Duration asked) {
        return switch (kind) {
            case CONFLICT, ALREADY_EXISTS, NOT_FOUND, TRANSIENT -> tries < ENOUGH && asked.isZero();
            case BUSY, DENIED, REFUSED -> false;
        };
    }

    /** The next step, where it is not worth another look. */
    public static DeployStep next(DeploymentRecord record, Failed failed, Moment moment) {
        return switch (failed.kind) {
            case CONFLICT, ALREADY_EXISTS, NOT_FOUND, TRANSIENT ->
                    pause(record, failed, moment, Waiting.Cause.PLATFORM);
            case BUSY -> pause(record, failed, moment, Waiting.Cause.QUOTA);
            case DENIED ->
                    moment.isPast(spreads(failed, moment))
                            ? refused(record, failed, moment)
                            : pause(record, failed, moment, Waiting.Cause.PERMISSION);
            case REFUSED -> refused(record, failed, moment);
        };
    }

    private static DeployStep pause(
            DeploymentRecord record, Failed failed, Moment moment, Waiting.Cause cause) {
        if (givesUp(record, failed, moment)) {
            return negative(
                    record,
                    Verdict.of(
                            Reason.DEPLOY_TIMED_OUT,
                            subject(failed)
                                    + (failed.attempt == Attempt.TRIGGER
                                            ? " was not ready within "
                                            : " was not updated within ")
                                    + moment.rules.deadline().toMinutes()
                                    + " min, at last: "
                                    + failed.sentence
                                    + "."));
        }
        Duration first = failed.kind == FailureKind.TRANSIENT ? SHORT_CEILING : CEILING;
        Duration drawn = failed.jitter.lasting(moment.lasted(), first, LONGEST_CEILING);
        return new Wait(Waiting.from(moment.now, cause, drawn, failed.asked));
    }

    private static String subject(Failed failed) {
        return failed.attempt == Attempt.TRIGGER ? "A trigger" : "The service";
    }

    /** Eventarc needs permissions of its own, which it gets when it is first used. */
    private static Duration spreads(Failed failed, Moment moment) {
        return failed.attempt == Attempt.TRIGGER ? moment.rules.deadline() : PERMISSION_SPREADS;
    }

    /**
     * Being asked for a pause is waiting, not failing, and at BUILT nothing was tried yet: how long
     * ago that was entered says how long others were at it.
     */
    private static boolean givesUp(DeploymentRecord record, Failed failed, Moment moment) {
        return failed.kind != FailureKind.BUSY
                && failed.attempt != Attempt.TIDY
                && failed.attempt != Attempt.READ
                && record.stage() == Stage.DEPLOYING
                && record.closing() == null
                && moment.isPast(moment.rules.deadline());
    }

    /**
     * A read that is refused says nothing about the service, so a deployment that may have written
     * it waits until somebody can tell. A verdict that is not carried out yet is not told either: a
     * write that got lost could still land.
     */
    private static DeployStep refused(DeploymentRecord record, Failed failed, Moment moment) {
        if (record.closing() != null || !mayEnd(record, failed)) {
            return pause(record, failed, moment, Waiting.Cause.PERMISSION);
        }
        boolean yours = failed.attempt == Attempt.TRIGGER && failed.kind == FailureKind.REFUSED;
        return negative(
                record,
                Verdict.of(
                        yours ? Reason.TRIGGER_REFUSED : Reason.DEPLOY_REFUSED,
                        subject(failed) + " was not accepted: " + failed.sentence + "."));
    }

    private static boolean mayEnd(DeploymentRecord record, Failed failed) {
        return switch (failed.attempt) {
            case WRITE, TRIGGER -> true;
            case READ, READ_AROUND -> record.stage() == Stage.BUILT;
            case TIDY -> false;
        };
    }

    /** Before DEPLOYING nothing was written, so nothing has to be closed. */
    private static DeployStep negative(DeploymentRecord record, Verdict verdict) {
        return record.stage() == Stage.BUILT ? new End(verdict, null) : new Close(verdict, null);
    }
}
