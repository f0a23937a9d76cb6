package dev.slipway.ledger;

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
        /** The platform asked for a pause, or a permission is still spreading. */
        PLATFORM
    }

    /** What is waited for, for people. */
    public String words() {
        return switch (cause) {
            case QUOTA -> "a free place: the quota is used up";
            case HOLD -> "the release of the service, which is held";
            case ROLLOUT -> "the rollout of another deployment of this service";
            case PLATFORM -> "the platform, which asked for a pause";
        };
    }
}
