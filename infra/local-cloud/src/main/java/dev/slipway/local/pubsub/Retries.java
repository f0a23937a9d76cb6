package dev.slipway.local.pubsub;

import com.google.protobuf.util.Durations;
import com.google.pubsub.v1.Subscription;

/**
 * When a message that failed is delivered again, and when no more.
 *
 * @param leastMillis the first delay; 0 without a retry policy, that is at once
 * @param mostMillis the longest delay
 * @param attempts after how many failures a message goes to the dead-letter topic; 0 is never
 */
record Retries(long leastMillis, long mostMillis, int attempts) {
    private static final int MOST_DOUBLINGS = 20;

    static Retries of(Subscription subscription) {
        int attempts =
                subscription.hasDeadLetterPolicy()
                        ? subscription.getDeadLetterPolicy().getMaxDeliveryAttempts()
                        : 0;
        return subscription.hasRetryPolicy()
                ? new Retries(
                        Durations.toMillis(subscription.getRetryPolicy().getMinimumBackoff()),
                        Durations.toMillis(subscription.getRetryPolicy().getMaximumBackoff()),
                        attempts)
                : new Retries(0, 0, attempts);
    }

    /** The delay after so many failures, at least 1: it doubles from the least to the most. */
    long delayMillis(int failures) {
        int doublings = Math.min(failures - 1, MOST_DOUBLINGS);
        return Math.min(leastMillis << doublings, mostMillis);
    }

    /** Whether a message has had its last delivery. */
    boolean exhausted(int failures) {
        return attempts > 0 && failures >= attempts;
    }
}
