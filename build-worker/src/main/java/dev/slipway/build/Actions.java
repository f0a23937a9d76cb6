package dev.slipway.build;

import dev.slipway.build.decide.AfterFailure;
import dev.slipway.build.decide.BuildStep;
import dev.slipway.build.decide.BuildStep.Adopt;
import dev.slipway.build.decide.BuildStep.BuildAgain;
import dev.slipway.build.decide.BuildStep.Claim;
import dev.slipway.build.decide.BuildStep.End;
import dev.slipway.build.decide.BuildStep.Leave;
import dev.slipway.build.decide.BuildStep.TakeImage;
import dev.slipway.build.decide.BuildStep.TellImage;
import dev.slipway.build.decide.BuildStep.Wait;
import dev.slipway.build.gateway.BuildLogs;
import dev.slipway.contracts.ImagePushed;
import dev.slipway.contracts.Reason;
import dev.slipway.contracts.Verdict;
import dev.slipway.kit.Answers;
import dev.slipway.kit.Ending;
import dev.slipway.kit.FailureKind;
import dev.slipway.kit.GatewayException;
import dev.slipway.kit.Outbox;
import dev.slipway.ledger.Backoff;
import dev.slipway.ledger.DeploymentRecord;
import dev.slipway.ledger.Ledger;
import dev.slipway.ledger.Stage;
import dev.slipway.ledger.Versioned;
import dev.slipway.ledger.Waiting;
import jakarta.inject.Singleton;
import java.util.Objects;
import java.util.Optional;
import org.jboss.logging.Logger;

/** Does one step: the record's swap first, then what it stands for. */
@Singleton
record Actions(
        Ledger ledger,
        Ending ending,
        Answers answers,
        Outbox outbox,
        Submission submission,
        BuildLogs logs,
        WaitingLine line,
        BuildWindow window,
        BuildCounters counters,
        Backoff backoff) {
    private static final Logger LOG = Logger.getLogger(Actions.class);

    /** What a step left behind. */
    enum Result {
        /** Nothing more to do now. */
        SETTLED,
        /** The build is over in one way or another: a place may be free. */
        FREED,
        /** The record moved on: read again. */
        MOVED,
        /** Somebody else changed the record first: wait a little and read again. */
        LOST
    }

    /** Does the step on exactly the record that was read. */
    Result act(Versioned<DeploymentRecord> read, BuildStep step) {
        return switch (step) {
            case Leave(String why) -> leave(read.value(), why);
            case Wait(Waiting waiting) -> pause(read, waiting);
            case Claim() -> claim(read);
            case Adopt() -> adopt(read);
            case TakeImage(String image, boolean fresh) -> take(read, image, fresh);
            case TellImage() -> tell(read.value());
            case BuildAgain(String why) -> again(read, why);
            case End(Verdict verdict) -> end(read, verdict);
        };
    }

    private Result leave(DeploymentRecord record, String why) {
        LOG.debugf("deployment=%s is left: %s", record.deployment(), why);
        line.join(record);
        return Result.SETTLED;
    }

    private Result pause(Versioned<DeploymentRecord> read, Waiting waiting) {
        Optional<Versioned<DeploymentRecord>> written =
                ledger.swap(read, read.value().waiting(waiting));
        written.ifPresent(
                paused -> {
                    line.join(paused.value());
                    answers.show(paused);
                    LOG.infof(
                            "deployment=%s waits for %s until %s",
                            paused.value().deployment(), waiting.cause(), waiting.notBefore());
                });
        return written.isPresent() ? Result.SETTLED : Result.LOST;
    }

    private Result claim(Versioned<DeploymentRecord> read) {
        Optional<Versioned<DeploymentRecord>> written = ledger.swap(read, read.value().claimed());
        if (written.isEmpty()) {
            return Result.LOST;
        }
        Versioned<DeploymentRecord> claimed = written.get();
        line.leave(claimed.value());
        window.enter(claimed.value().deployment(), claimed.value().buildAttempt());
        try {
            return submission.submit(claimed) ? Result.SETTLED : Result.MOVED;
        } catch (GatewayException e) {
            return notSubmitted(claimed, e);
        }
    }

    private Result notSubmitted(Versioned<DeploymentRecord> claimed, GatewayException failure) {
        BuildStep next =
                AfterFailure.toSubmit(
                        new AfterFailure.Failed(
                                failure.kind(),
                                failure.sentence(),
                                failure.retryAfter(),
                                backoff.jitter()),
                        ledger.since(claimed),
                        claimed.updated());
        Result result = act(claimed, next);
        if (isUnexpected(failure) && result == Result.SETTLED) {
            throw failure;
        }
        return result;
    }

    /** Whoever says when to come again is waited for. */
    private static boolean isUnexpected(GatewayException failure) {
        return failure.kind() == FailureKind.TRANSIENT && failure.retryAfter().isZero();
    }

    private Result adopt(Versioned<DeploymentRecord> read) {
        boolean adopted;
        try {
            adopted = submission.adopt(read);
        } catch (GatewayException e) {
            if (e.kind() != FailureKind.BUSY) {
                throw e;
            }
            return notSubmitted(read, e);
        }
        if (!adopted) {
            throw new GatewayException(
                    FailureKind.TRANSIENT,
                    "adopt the build of deployment " + read.value().deployment(),
                    "Cloud Build does not list it yet",
                    null);
        }
        return Result.MOVED;
    }

    private Result take(Versioned<DeploymentRecord> read, String image, boolean fresh) {
        if (fresh) {
            ledger.keepImage(read.value().requireSource(), image);
        }
        Optional<Versioned<DeploymentRecord>> written =
                ledger.swap(read, read.value().built(image));
        if (written.isEmpty()) {
            return Result.LOST;
        }
        if (fresh) {
            counters.pushed();
        } else {
            counters.reused();
        }
        LOG.infof("deployment=%s image=%s", read.value().deployment(), image);
        answers.show(written.get());
        return tell(written.get().value());
    }

    private Result tell(DeploymentRecord record) {
        line.leave(record);
        window.leave(record.deployment());
        outbox.publish(
                new ImagePushed(
                        record.deployment(),
                        record.requireService(),
                        Objects.requireNonNull(record.image(), "a built deployment has an image"),
                        record.requireManifest(),
                        record.buildAttempt(),
                        record.injection()));
        return Result.FREED;
    }

    private Result again(Versioned<DeploymentRecord> read, String why) {
        if (ledger.swap(read, read.value().buildAgain()).isEmpty()) {
            return Result.LOST;
        }
        counters.repeated();
        LOG.warnf(
                "deployment=%s attempt=%d is built again: %s",
                read.value().deployment(), read.value().buildAttempt(), why);
        return Result.MOVED;
    }

    private Result end(Versioned<DeploymentRecord> read, Verdict verdict) {
        if (isClaimGivenUp(read.value(), verdict) && submission.adopt(read)) {
            return Result.MOVED;
        }
        line.leave(read.value());
        Verdict told = verdict.reason() == Reason.BUILD_FAILED ? withLog(verdict) : verdict;
        if (!ending.end(read, told, null)) {
            return Result.LOST;
        }
        counters.ended(verdict.reason());
        return Result.FREED;
    }

    /** Its claimant may have died after Cloud Build accepted the build: that is looked up first. */
    private static boolean isClaimGivenUp(DeploymentRecord record, Verdict verdict) {
        return record.stage() == Stage.CLAIMED && verdict.reason() == Reason.BUILD_UNAVAILABLE;
    }

    private Verdict withLog(Verdict verdict) {
        return verdict.logUrl() == null
                ? verdict
                : verdict.withLog(verdict.logUrl(), logs.lastLines(verdict.logUrl()));
    }
}
