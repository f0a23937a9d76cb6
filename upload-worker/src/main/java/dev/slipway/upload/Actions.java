package dev.slipway.upload;

import dev.slipway.contracts.SourceStored;
import dev.slipway.contracts.Verdict;
import dev.slipway.kit.Answers;
import dev.slipway.kit.Ending;
import dev.slipway.kit.Outbox;
import dev.slipway.ledger.Backoff;
import dev.slipway.ledger.DeploymentRecord;
import dev.slipway.ledger.Ledger;
import dev.slipway.ledger.ServiceEntry;
import dev.slipway.ledger.ServiceRead;
import dev.slipway.ledger.Stage;
import dev.slipway.ledger.Versioned;
import dev.slipway.ledger.Waiting;
import dev.slipway.upload.decide.Examined;
import dev.slipway.upload.decide.Examined.Passed;
import dev.slipway.upload.decide.Examined.Refused;
import dev.slipway.upload.decide.UploadDecision;
import dev.slipway.upload.decide.UploadStep;
import dev.slipway.upload.decide.UploadStep.End;
import dev.slipway.upload.decide.UploadStep.Leave;
import dev.slipway.upload.decide.UploadStep.TellStored;
import dev.slipway.upload.decide.UploadStep.Verify;
import dev.slipway.upload.decide.UploadStep.Wait;
import jakarta.inject.Singleton;
import java.util.Optional;
import org.jboss.logging.Logger;
import org.jspecify.annotations.Nullable;

/** Does one step. */
@Singleton
record Actions(
        Ledger ledger,
        Ending ending,
        Answers answers,
        Outbox outbox,
        Verification verification,
        UploadCounters counters,
        Backoff backoff) {
    private static final Logger LOG = Logger.getLogger(Actions.class);
    private static final int KEEP_TRIES = 20;

    /** What a step left behind. */
    enum Result {
        /** Nothing more to do now. */
        SETTLED,
        /** Somebody else changed the record first: wait a little and read again. */
        LOST
    }

    /**
     * Does the step on exactly the record that was read.
     *
     * @param service what was known of the service then; needed to verify
     */
    Result act(Admitted admitted, UploadStep step, ServiceRead service) {
        Versioned<DeploymentRecord> read = admitted.record();
        return switch (step) {
            case Leave(String why) -> leave(read.value(), why);
            case Verify() -> verify(admitted, service);
            case TellStored() -> tell(read, ledger.readService(read.value().requireService()));
            case Wait(Waiting waiting) -> pause(read, waiting);
            case End(Verdict verdict) -> end(read, verdict);
        };
    }

    private static Result leave(DeploymentRecord record, String why) {
        LOG.debugf("deployment=%s stage=%s is left: %s", record.deployment(), record.stage(), why);
        return Result.SETTLED;
    }

    private Result verify(Admitted admitted, ServiceRead service) {
        Versioned<DeploymentRecord> read = admitted.record();
        answers.show(read);
        return switch (verification.examine(read.value(), admitted.drop())) {
            case Refused(Verdict verdict) -> end(read, verdict);
            case Passed passed -> keep(read, passed, service);
        };
    }

    /**
     * What was verified holds whoever else writes to the record meanwhile, a sweep's injection for
     * one; so only the swap is repeated, not the verification. Who came in between shows when
     * {@code services/} grows.
     */
    private Result keep(
            Versioned<DeploymentRecord> read, Examined.Passed passed, ServiceRead before) {
        ledger.keepManifest(passed.manifest().digest(), passed.manifest().normalised());
        Versioned<DeploymentRecord> standing = read;
        ServiceRead service = before;
        for (int attempt = 0; attempt < KEEP_TRIES; attempt++) {
            backoff.before(attempt);
            if (standing.value().stage() != Stage.RECEIVED) {
                return Result.LOST;
            }
            ServiceEntry entry = service.value();
            if (entry.outranks(standing.value().order())) {
                return end(standing, UploadDecision.superseded());
            }
            Optional<Versioned<DeploymentRecord>> written = swap(standing, passed, entry.newest());
            if (written.isPresent()) {
                counters.verified();
                return tell(written.get(), service);
            }
            standing = ledger.deployment(read.value().deployment()).orElse(standing);
            service = ledger.readService(standing.value().requireService());
        }
        return Result.LOST;
    }

    private Optional<Versioned<DeploymentRecord>> swap(
            Versioned<DeploymentRecord> standing,
            Passed passed,
            ServiceEntry.@Nullable Newest newest) {
        return ledger.swap(
                standing,
                standing.value()
                        .verified(
                                passed.source(),
                                passed.manifest().digest(),
                                newest == null ? null : newest.deployment()));
    }

    /** VERIFIED stands before {@code services/} grows, and that before anybody builds. */
    private Result tell(Versioned<DeploymentRecord> verified, ServiceRead service) {
        DeploymentRecord record = verified.value();
        ServiceEntry standing =
                ledger.raiseNewest(
                        record.requireService(), service, record.order(), record.deployment());
        if (standing.outranks(record.order())) {
            return end(verified, UploadDecision.superseded());
        }
        outbox.publish(
                new SourceStored(
                        record.deployment(),
                        record.requireService(),
                        record.requireSource().staged(),
                        record.requireSource().digest(),
                        record.requireManifest(),
                        record.buildAttempt(),
                        record.injection()));
        answers.show(verified);
        LOG.infof(
                "deployment=%s source=%s stored",
                record.deployment(), record.requireSource().digest());
        return Result.SETTLED;
    }

    private Result pause(Versioned<DeploymentRecord> read, Waiting waiting) {
        Optional<Versioned<DeploymentRecord>> written =
                ledger.swap(read, read.value().waiting(waiting));
        written.ifPresent(
                paused -> {
                    answers.show(paused);
                    LOG.infof(
                            "deployment=%s waits for %s until %s",
                            paused.value().deployment(), waiting.cause(), waiting.notBefore());
                });
        return written.isPresent() ? Result.SETTLED : Result.LOST;
    }

    private Result end(Versioned<DeploymentRecord> read, Verdict verdict) {
        if (!ending.end(read, verdict, null)) {
            return Result.LOST;
        }
        counters.ended(verdict.reason());
        return Result.SETTLED;
    }
}
