package dev.slipway.ledger;

import java.time.Duration;
import java.time.Instant;

/**
 * Why nothing happens now. Waiting is recorded, never a nack.
 *
 * @param notBefore when it is worth trying again, by the storage's clock
 */
public record Waiting(Cause cause, Instant notBefore) {
    /** What is waited for. */
    public enum Cause {
        /** The build window is full, or Cloud Build or Cloud Run said RESOURCE_EXHAUSTED. */
        QUOTA,
        /** The service is held. */
        HOLD,
        /** Another rollout of the service is not settled. */
        ROLLOUT,
        /** The platform asked for a pause, or failed. */
        PLATFORM,
        /** A permission is missing, or was just granted and is still spreading. */
        PERMISSION
    }

    private static final Duration LONGEST_ASKED = Duration.ofMinutes(10);

    /**
     * Waiting for as long as the platform asks, and then for what was drawn: who were asked
     * together must not come together. What it asks is not followed for ever.
     *
     * @param asked zero where it does not say
     */
    public static Waiting from(Instant now, Cause cause, Duration drawn, Duration asked) {
        Duration heard = asked.compareTo(LONGEST_ASKED) > 0 ? LONGEST_ASKED : asked;
        return new Waiting(cause, now.plus(heard).plus(drawn));
    }

    /** What is waited for, for people. */
    public String words() {
        return switch (cause) {
            case QUOTA -> "a free place: the quota is used up";
            case HOLD -> "the release of the service, which is held";
            case ROLLOUT -> "the rollout of another deployment of this service";
            case PLATFORM -> "the platform, which asked for a pause";
            case PERMISSION -> "a permission, which is missing or still spreading";
        };
    }
}
