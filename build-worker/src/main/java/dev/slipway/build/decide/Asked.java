package dev.slipway.build.decide;

import java.time.Instant;

/** What made somebody look at a deployment. */
public sealed interface Asked {
    /** A message that asks for its build. */
    record ByMessage() implements Asked {}

    /** Cloud Build says that a build of this attempt is over. */
    record ByBuildEnd(int buildAttempt) implements Asked {}

    /**
     * A sweep: nobody has touched it for a while.
     *
     * @param now by the storage's clock
     */
    record BySweep(Instant now) implements Asked {}
}
