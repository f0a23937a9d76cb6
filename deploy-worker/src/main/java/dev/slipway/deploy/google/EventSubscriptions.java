package dev.slipway.deploy.google;

import com.google.api.gax.rpc.NotFoundException;
import com.google.protobuf.FieldMask;
import com.google.protobuf.util.Durations;
import com.google.pubsub.v1.DeadLetterPolicy;
import com.google.pubsub.v1.RetryPolicy;
import com.google.pubsub.v1.Subscription;
import com.google.pubsub.v1.UpdateSubscriptionRequest;
import dev.slipway.deploy.decide.Delivery;
import java.time.Duration;
import java.util.Optional;

/** The subscriptions that Eventarc makes; it leaves retries and what is given up to us. */
final class EventSubscriptions {
    private static final FieldMask POLICIES =
            FieldMask.newBuilder().addPaths("retry_policy").addPaths("dead_letter_policy").build();

    private final EventClients clients;
    private final String undelivered;

    /**
     * Subscriptions that put aside into this topic.
     *
     * @param undelivered its full name
     */
    EventSubscriptions(EventClients clients, String undelivered) {
        this.clients = clients;
        this.undelivered = undelivered;
    }

    /** How a subscription delivers; empty where it is not there. */
    Optional<Delivery> delivery(String name) {
        try {
            return Optional.of(delivery(clients.subscriptions().getSubscription(name)));
        } catch (NotFoundException _) {
            return Optional.empty();
        }
    }

    private Delivery delivery(Subscription subscription) {
        DeadLetterPolicy dead = subscription.getDeadLetterPolicy();
        RetryPolicy retry = subscription.getRetryPolicy();
        return new Delivery(
                dead.getMaxDeliveryAttempts(),
                duration(retry.getMinimumBackoff()),
                duration(retry.getMaximumBackoff()),
                dead.getDeadLetterTopic().equals(undelivered));
    }

    private static Duration duration(com.google.protobuf.Duration written) {
        return Duration.ofSeconds(written.getSeconds(), written.getNanos());
    }

    void adjust(String name, Delivery wanted) {
        clients.subscriptions()
                .updateSubscription(
                        UpdateSubscriptionRequest.newBuilder()
                                .setSubscription(
                                        Subscription.newBuilder()
                                                .setName(name)
                                                .setRetryPolicy(retry(wanted))
                                                .setDeadLetterPolicy(dead(wanted)))
                                .setUpdateMask(POLICIES)
                                .build());
    }

    private static RetryPolicy retry(Delivery wanted) {
        return RetryPolicy.newBuilder()
                .setMinimumBackoff(Durations.fromSeconds(wanted.minimumBackoff().toSeconds()))
                .setMaximumBackoff(Durations.fromSeconds(wanted.maximumBackoff().toSeconds()))
                .build();
    }

    private DeadLetterPolicy dead(Delivery wanted) {
        return DeadLetterPolicy.newBuilder()
                .setDeadLetterTopic(undelivered)
                .setMaxDeliveryAttempts(wanted.maxDeliveryAttempts())
                .build();
    }
}
