package dev.slipway.cli.installation;

import com.google.api.gax.rpc.AlreadyExistsException;
import com.google.cloud.pubsub.v1.SubscriptionAdminClient;
import com.google.cloud.pubsub.v1.TopicAdminClient;
import com.google.protobuf.Duration;
import com.google.protobuf.FieldMask;
import com.google.pubsub.v1.DeadLetterPolicy;
import com.google.pubsub.v1.ExpirationPolicy;
import com.google.pubsub.v1.RetryPolicy;
import com.google.pubsub.v1.Subscription;
import com.google.pubsub.v1.SubscriptionName;
import com.google.pubsub.v1.TopicName;
import com.google.pubsub.v1.UpdateSubscriptionRequest;
import dev.slipway.contracts.Topology;
import dev.slipway.contracts.Topology.SubscriptionPolicy;
import java.util.Objects;

/** The topics and subscriptions of a topology, created where they are not there. */
final class Bus {
    private static final FieldMask CHANGEABLE =
            FieldMask.newBuilder()
                    .addPaths("ack_deadline_seconds")
                    .addPaths("message_retention_duration")
                    .addPaths("expiration_policy")
                    .addPaths("retry_policy")
                    .addPaths("dead_letter_policy")
                    .build();

    private final String project;
    private final Topology topology;
    private final TopicAdminClient topics;
    private final SubscriptionAdminClient subscriptions;

    Bus(
            String project,
            Topology topology,
            TopicAdminClient topics,
            SubscriptionAdminClient subscriptions) {
        this.project = project;
        this.topology = topology;
        this.topics = topics;
        this.subscriptions = subscriptions;
    }

    void create() {
        for (Topology.Topic topic : topology.topics()) {
            createTopic(topic.name());
            if (topic.kept()) {
                createSubscription(lasting(topic.name(), topic.name()).build());
            }
        }
        for (Topology.Subscription subscription : topology.subscriptions()) {
            String dead = subscription.deadLetterName();
            createTopic(dead);
            createSubscription(lasting(dead, dead).build());
            createSubscription(wanted(subscription));
        }
    }

    private void createTopic(String name) {
        try {
            topics.createTopic(TopicName.of(project, name));
        } catch (AlreadyExistsException _) {
            // as wanted: a topic has nothing here that could differ
        }
    }

    private void createSubscription(Subscription wanted) {
        try {
            subscriptions.createSubscription(wanted);
        } catch (AlreadyExistsException _) {
            Subscription standing = subscriptions.getSubscription(wanted.getName());
            if (differs(standing, wanted)) {
                subscriptions.updateSubscription(
                        UpdateSubscriptionRequest.newBuilder()
                                .setSubscription(wanted)
                                .setUpdateMask(CHANGEABLE)
                                .build());
            }
        }
    }

    private static boolean differs(Subscription standing, Subscription wanted) {
        return standing.getAckDeadlineSeconds() != wanted.getAckDeadlineSeconds()
                || !Objects.equals(
                        standing.getMessageRetentionDuration(),
                        wanted.getMessageRetentionDuration())
                || !Objects.equals(standing.getRetryPolicy(), wanted.getRetryPolicy())
                || !Objects.equals(standing.getDeadLetterPolicy(), wanted.getDeadLetterPolicy());
    }

    private Subscription wanted(Topology.Subscription subscription) {
        SubscriptionPolicy policy = topology.subscriptionPolicy();
        String topic = topology.topic(subscription.topic()).name();
        return lasting(subscription.name(), topic)
                .setFilter(Objects.requireNonNullElse(subscription.filter(), ""))
                .setRetryPolicy(
                        RetryPolicy.newBuilder()
                                .setMinimumBackoff(seconds(policy.minimumBackoffSeconds()))
                                .setMaximumBackoff(seconds(policy.maximumBackoffSeconds())))
                .setDeadLetterPolicy(
                        DeadLetterPolicy.newBuilder()
                                .setDeadLetterTopic(
                                        TopicName.format(project, subscription.deadLetterName()))
                                .setMaxDeliveryAttempts(policy.maxDeliveryAttempts()))
                .build();
    }

    private Subscription.Builder lasting(String name, String topic) {
        SubscriptionPolicy policy = topology.subscriptionPolicy();
        Subscription.Builder subscription =
                Subscription.newBuilder()
                        .setName(SubscriptionName.format(project, name))
                        .setTopic(TopicName.format(project, topic))
                        .setAckDeadlineSeconds(policy.ackDeadlineSeconds())
                        .setMessageRetentionDuration(seconds(policy.messageRetentionSeconds()));
        return policy.expires()
                ? subscription
                : subscription.setExpirationPolicy(ExpirationPolicy.getDefaultInstance());
    }

    private static Duration seconds(int seconds) {
        return Duration.newBuilder().setSeconds(seconds).build();
    }
}
