package dev.slipway.upload.decide;

import dev.slipway.contracts.Reason;
import dev.slipway.contracts.Verdict;
import dev.slipway.upload.decide.UploadStep.End;
import dev.slipway.upload.decide.UploadStep.Leave;
import dev.slipway.upload.decide.UploadStep.TellStored;
import dev.slipway.upload.decide.UploadStep.Verify;
import java.time.Duration;

/** What to do next about a drop: from facts to one step. */
public final class UploadDecision {
    /** A drop that is not verified and staged within this is given up. */
    public static final Duration VERIFIED_WITHIN = Duration.ofMinutes(10);

    private UploadDecision() {}

    /** The next step. */
    public static UploadStep next(UploadFacts facts) {
        return switch (facts.record().stage()) {
            case RECEIVED -> received(facts);
            case VERIFIED -> new TellStored();
            case CLAIMED, BUILDING, BUILT, DEPLOYING, DONE -> new Leave("others carry it on");
        };
    }

    private static UploadStep received(UploadFacts facts) {
        if (facts.record().service() == null) {
            return new End(nameless(facts.name()));
        }
        if (facts.entry().outranks(facts.record().order())) {
            return new End(superseded());
        }
        return facts.now().isBefore(facts.since().plus(VERIFIED_WITHIN))
                ? new Verify()
                : new End(timedOut());
    }

    /** The record decides; a name that would be understood by now was not when it arrived. */
    private static Verdict nameless(DropName name) {
        return switch (name) {
            case DropName.Refused(Verdict verdict) -> verdict;
            case DropName.To _, DropName.Ignored _ ->
                    Verdict.of(
                            Reason.NAME_INVALID,
                            "The object's name yielded no service when it arrived.");
        };
    }

    /** What a deployment ends with when a newer one, or an undeploy, stands above it. */
    public static Verdict superseded() {
        return Verdict.of(
                Reason.NEWER_DEPLOYMENT,
                "A newer deployment or undeploy of this service was asked for before this one was"
                        + " verified.");
    }

    /**
     * What a deployment ends with when the generation that was dropped cannot be read any more.
     *
     * @param newerStands whether another generation took its name
     */
    public static Verdict gone(boolean newerStands) {
        return newerStands
                ? Verdict.of(
                        Reason.DROP_OVERWRITTEN,
                        "The object was overwritten before this generation was read.")
                : Verdict.of(
                        Reason.DROP_DELETED, "The object was deleted before it could be read.");
    }

    private static Verdict timedOut() {
        return Verdict.of(
                Reason.VERIFY_TIMED_OUT,
                "The archive was not verified and staged within "
                        + VERIFIED_WITHIN.toMinutes()
                        + " min.");
    }
}
