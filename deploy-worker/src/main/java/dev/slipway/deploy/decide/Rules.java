package dev.slipway.deploy.decide;

import java.time.Duration;
import java.time.Instant;

/**
 * What this installation lets deployments do.
 *
 * @param installation whose services may be written
 * @param adoptsForeign whether one that Slipway did not make may be taken over
 * @param allowsPublic whether a service may be open to everybody
 * @param deadline how long a deploy attempt may take
 * @param undeliveredEvents the topic that events go to which could not be delivered, by its short
 *     name
 */
public record Rules(
        String installation,
        boolean adoptsForeign,
        boolean allowsPublic,
        Duration deadline,
        String undeliveredEvents) {
    private static final int TIDYING_UP = 2;

    /** Whether a negative verdict waits no longer for triggers to be taken away. */
    public boolean isOverdue(Instant since, Instant now) {
        return !now.isBefore(since.plus(deadline.multipliedBy(TIDYING_UP)));
    }
}
