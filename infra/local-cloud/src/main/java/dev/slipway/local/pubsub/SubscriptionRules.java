package dev.slipway.local.pubsub;

import com.google.protobuf.Duration;
import com.google.protobuf.util.Durations;
import com.google.pubsub.v1.DeadLetterPolicy;
import com.google.pubsub.v1.ExpirationPolicy;
import com.google.pubsub.v1.RetryPolicy;
import com.google.pubsub.v1.Subscription;

/** What a subscription may be, and what it is where nothing is said (pubsub.proto). */
final class SubscriptionRules {
    private static final int LEAST_DEADLINE_SECONDS = 10;
    private static final int MOST_DEADLINE_SECONDS = 600;
    private static final int LEAST_ATTEMPTS = 5;
    private static final int MOST_ATTEMPTS = 100;
    private static final Duration USUAL_RETENTION = Durations.fromDays(7);
    private static final Duration USUAL_TTL = Durations.fromDays(31);
    private static final Duration LEAST_TTL = Durations.fromDays(1);
    private static final Duration USUAL_LEAST_BACKOFF = Durations.fromSeconds(10);
    private static final Duration MOST_BACKOFF = Durations.fromSeconds(600);

    private SubscriptionRules() {}

    /** The subscription as it is kept; throws INVALID_ARGUMENT or UNIMPLEMENTED, naming a field. */
    static Subscription complete(Subscription given) {
        refuseUnknown(given);
        Names.checkLabels(given.getLabelsMap());
        FilterParser.parse(given.getFilter());
        Subscription.Builder complete =
                given.toBuilder()
                        .setPushConfig(PushRules.complete(given.getPushConfig()))
                        .setState(Subscription.State.ACTIVE)
                        .setAckDeadlineSeconds(deadline(given.getAckDeadlineSeconds()))
                        .setExpirationPolicy(expiration(given))
                        .setMessageRetentionDuration(retention(given))
                        .clearTopicMessageRetentionDuration()
                        .clearAnalyticsHubSubscriptionInfo();
        if (given.hasRetryPolicy()) {
            complete.setRetryPolicy(retry(given.getRetryPolicy()));
        }
        if (given.hasDeadLetterPolicy()) {
            complete.setDeadLetterPolicy(deadLetter(given.getDeadLetterPolicy()));
        }
        return complete.build();
    }

    private static void refuseUnknown(Subscription given) {
        TopicRules.refuse(given.hasBigqueryConfig(), "bigquery_config");
        TopicRules.refuse(given.hasCloudStorageConfig(), "cloud_storage_config");
        TopicRules.refuse(given.getMessageTransformsCount() > 0, "message_transforms");
        TopicRules.refuse(given.getTagsCount() > 0, "tags");
        TopicRules.refuse(given.getEnableExactlyOnceDelivery(), "enable_exactly_once_delivery");
    }

    private static int deadline(int seconds) {
        if (seconds == 0) {
            return LEAST_DEADLINE_SECONDS;
        }
        if (seconds < LEAST_DEADLINE_SECONDS || seconds > MOST_DEADLINE_SECONDS) {
            throw Refusal.outOfRange(
                    "ack_deadline_seconds", seconds, LEAST_DEADLINE_SECONDS, MOST_DEADLINE_SECONDS);
        }
        return seconds;
    }

    private static Duration retention(Subscription given) {
        if (!given.hasMessageRetentionDuration()) {
            return USUAL_RETENTION;
        }
        TopicRules.checkRetention(
                "message_retention_duration", given.getMessageRetentionDuration());
        return given.getMessageRetentionDuration();
    }

    /** A policy without a time means never; no policy means 31 days. */
    private static ExpirationPolicy expiration(Subscription given) {
        if (!given.hasExpirationPolicy()) {
            return ExpirationPolicy.newBuilder().setTtl(USUAL_TTL).build();
        }
        ExpirationPolicy policy = given.getExpirationPolicy();
        if (policy.hasTtl()
                && (!Durations.isValid(policy.getTtl())
                        || Durations.compare(policy.getTtl(), LEAST_TTL) < 0)) {
            throw Refusal.invalid(
                    "The value for expiration_policy.ttl is too small. You passed %ss in the"
                            + " request, but the minimum is %ss.",
                    policy.getTtl().getSeconds(), LEAST_TTL.getSeconds());
        }
        return policy;
    }

    private static RetryPolicy retry(RetryPolicy given) {
        Duration least =
                given.hasMinimumBackoff() ? given.getMinimumBackoff() : USUAL_LEAST_BACKOFF;
        Duration most = given.hasMaximumBackoff() ? given.getMaximumBackoff() : MOST_BACKOFF;
        checkBackoff("retry_policy.minimum_backoff", least);
        checkBackoff("retry_policy.maximum_backoff", most);
        if (Durations.compare(least, most) > 0) {
            throw Refusal.invalid(
                    "retry_policy.minimum_backoff is %s, which is more than"
                            + " retry_policy.maximum_backoff, %s.",
                    Durations.toString(least), Durations.toString(most));
        }
        return RetryPolicy.newBuilder().setMinimumBackoff(least).setMaximumBackoff(most).build();
    }

    private static void checkBackoff(String field, Duration backoff) {
        if (!Durations.isValid(backoff)
                || Durations.isNegative(backoff)
                || Durations.compare(backoff, MOST_BACKOFF) > 0) {
            throw Refusal.outOfRange(
                    field, backoff.getSeconds() + "s", "0s", MOST_BACKOFF.getSeconds() + "s");
        }
    }

    private static DeadLetterPolicy deadLetter(DeadLetterPolicy given) {
        Names.shortName("topics", given.getDeadLetterTopic());
        int attempts = given.getMaxDeliveryAttempts();
        if (attempts == 0) {
            return given.toBuilder().setMaxDeliveryAttempts(LEAST_ATTEMPTS).build();
        }
        if (attempts < LEAST_ATTEMPTS || attempts > MOST_ATTEMPTS) {
            throw Refusal.outOfRange(
                    "dead_letter_policy.max_delivery_attempts",
                    attempts,
                    LEAST_ATTEMPTS,
                    MOST_ATTEMPTS);
        }
        return given;
    }
}
