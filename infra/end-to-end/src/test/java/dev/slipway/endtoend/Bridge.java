package dev.slipway.endtoend;

import com.google.cloud.pubsub.v1.SubscriptionAdminClient;
import com.google.cloud.pubsub.v1.TopicAdminClient;
import com.google.pubsub.v1.DeadLetterPolicy;
import com.google.pubsub.v1.PubsubMessage;
import com.google.pubsub.v1.PushConfig;
import com.google.pubsub.v1.Subscription;
import com.google.pubsub.v1.SubscriptionName;
import com.google.pubsub.v1.TopicName;
import dev.slipway.contracts.Topology;
import java.io.IOException;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * Another bus than the local cloud's own: carries there what the local cloud's services publish, as
 * Cloud Storage and Cloud Build do to Google's one bus.
 */
final class Bridge implements AutoCloseable {
    private static final List<String> PUBLISHED_BY_SERVICES =
            List.of("source-uploaded", "cloud-builds", "service-requested");
    private static final int ACK_SECONDS = 60;

    private final Map<String, Mailbox> from = new HashMap<>();
    private final TopicAdminClient to;
    private final Thread carrying = Thread.ofVirtual().unstarted(this::carry);
    private volatile boolean closed;

    /** Carries from now on. */
    Bridge(Cloud services, Cloud bus) throws IOException {
        for (String topic : PUBLISHED_BY_SERVICES) {
            String name = Cloud.TOPOLOGY.topic(topic).name();
            from.put(name, Mailbox.on(services, name, "bridge-" + topic));
        }
        this.to = bus.topics();
        carrying.start();
    }

    /** Makes all that the topology names. */
    static void create(Cloud bus) throws IOException {
        try (TopicAdminClient topics = bus.topics();
                SubscriptionAdminClient subscriptions = bus.subscriptions()) {
            for (Topology.Topic topic : Cloud.TOPOLOGY.topics()) {
                topics.createTopic(TopicName.of(Cloud.PROJECT, topic.name()));
            }
            for (Topology.Subscription wanted : Cloud.TOPOLOGY.subscriptions()) {
                String dead = TopicName.format(Cloud.PROJECT, wanted.deadLetterName());
                topics.createTopic(dead);
                subscriptions.createSubscription(
                        SubscriptionName.format(Cloud.PROJECT, wanted.deadLetterName()),
                        dead,
                        PushConfig.getDefaultInstance(),
                        ACK_SECONDS);
                subscriptions.createSubscription(
                        Subscription.newBuilder()
                                .setName(SubscriptionName.format(Cloud.PROJECT, wanted.name()))
                                .setTopic(
                                        TopicName.format(
                                                Cloud.PROJECT,
                                                Cloud.TOPOLOGY.topic(wanted.topic()).name()))
                                .setAckDeadlineSeconds(ACK_SECONDS)
                                .setDeadLetterPolicy(
                                        DeadLetterPolicy.newBuilder()
                                                .setDeadLetterTopic(dead)
                                                .setMaxDeliveryAttempts(100))
                                .build());
            }
        }
    }

    private void carry() {
        while (!closed) {
            from.forEach(
                    (topic, mailbox) -> {
                        List<PubsubMessage> more = mailbox.take();
                        if (!more.isEmpty()) {
                            to.publish(TopicName.format(Cloud.PROJECT, topic), more);
                        }
                    });
        }
    }

    @Override
    public void close() {
        closed = true;
        try {
            carrying.join();
        } catch (InterruptedException _) {
            Thread.currentThread().interrupt();
        }
        from.values().forEach(Mailbox::close);
        to.close();
    }
}
