package dev.slipway.deploy.decide;

import dev.slipway.contracts.RequestAnswer.Refusal;
import dev.slipway.contracts.RequestKind;
import dev.slipway.kit.FailureKind;
import dev.slipway.ledger.RequestRecord;
import dev.slipway.ledger.RequestRecord.End;
import dev.slipway.ledger.Waiting;
import java.time.Instant;
import java.util.Optional;

/** What becomes of a request when Cloud Run could not be asked, or said no. */
public final class AfterRequestFailure {
    private AfterRequestFailure() {}

    /**
     * How it ends; empty where it is tried again. An undeploy that was begun only ends once the
     * service is gone: from then on whoever meets the service deletes it.
     *
     * @param since when it was taken up
     * @param sentence what was tried and what was answered
     */
    public static Optional<End> end(
            RequestRecord record, Instant since, Instant now, FailureKind kind, String sentence) {
        boolean late = record.kind() != RequestKind.UNDEPLOY && RequestFacts.isLate(since, now);
        return switch (kind) {
            case REFUSED ->
                    Optional.of(
                            End.refused(
                                    Refusal.NOT_ALLOWED, "It was not accepted: " + sentence + "."));
            case DENIED ->
                    late ? Optional.of(late(Refusal.NOT_ALLOWED, sentence)) : Optional.empty();
            case TRANSIENT, BUSY, CONFLICT, NOT_FOUND, ALREADY_EXISTS ->
                    late ? Optional.of(late(Refusal.TIMED_OUT, sentence)) : Optional.empty();
        };
    }

    /** The end of what could not be carried out in time. */
    static End late(Refusal refusal, String why) {
        return End.refused(
                refusal, "It could not be carried out within 15 min, at last: " + why + ".");
    }

    /** What it waits for until it is tried again. */
    public static Waiting.Cause cause(FailureKind kind) {
        return switch (kind) {
            case DENIED, REFUSED -> Waiting.Cause.PERMISSION;
            case BUSY -> Waiting.Cause.QUOTA;
            case TRANSIENT, CONFLICT, NOT_FOUND, ALREADY_EXISTS -> Waiting.Cause.PLATFORM;
        };
    }
}
