package dev.slipway.build.decide;

import dev.slipway.contracts.Verdict;
import dev.slipway.ledger.Waiting;

/** The one thing to do next about a deployment's build. */
public sealed interface BuildStep {
    /** Nothing: it is somebody else's turn, or nothing has changed. */
    record Leave(String why) implements BuildStep {}

    /** Wait for a time or a free place. */
    record Wait(Waiting waiting) implements BuildStep {}

    /** Claim the attempt and submit its build. */
    record Claim() implements BuildStep {}

    /** Record the build that is already there for this attempt. */
    record Adopt() implements BuildStep {}

    /**
     * Record the image.
     *
     * @param fresh whether it was just built, and not found from before
     */
    record TakeImage(String image, boolean fresh) implements BuildStep {}

    /** Tell the next stage again. */
    record TellImage() implements BuildStep {}

    /** Start the next attempt. */
    record BuildAgain(String why) implements BuildStep {}

    /** It is over. */
    record End(Verdict verdict) implements BuildStep {}
}
