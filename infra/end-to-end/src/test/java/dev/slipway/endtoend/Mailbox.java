package dev.slipway.endtoend;

import com.google.cloud.pubsub.v1.SubscriptionAdminClient;
import com.google.pubsub.v1.PubsubMessage;
import com.google.pubsub.v1.PushConfig;
import com.google.pubsub.v1.ReceivedMessage;
import com.google.pubsub.v1.SubscriptionName;
import com.google.pubsub.v1.TopicName;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Predicate;
import org.awaitility.Awaitility;

/** Reads a subscription, as anybody may who wants to know. Keeps what it took. */
final class Mailbox implements AutoCloseable {
    private static final int ACK_SECONDS = 10;
    private static final int MOST = 100;
    private static final Duration PATIENCE = Duration.ofSeconds(30);

    private final SubscriptionAdminClient client;
    private final String subscription;
    private final List<PubsubMessage> taken = new ArrayList<>();

    private Mailbox(SubscriptionAdminClient client, String subscription) {
        this.client = client;
        this.subscription = subscription;
    }

    /** A subscription that is there. */
    static Mailbox of(Cloud cloud, String subscription) throws IOException {
        return new Mailbox(
                cloud.subscriptions(), SubscriptionName.format(Cloud.PROJECT, subscription));
    }

    /** A subscription of its own on a topic, from now on. */
    static Mailbox on(Cloud cloud, String topic, String subscription) throws IOException {
        Mailbox mailbox = of(cloud, subscription);
        mailbox.client.createSubscription(
                mailbox.subscription,
                TopicName.format(Cloud.PROJECT, topic),
                PushConfig.getDefaultInstance(),
                ACK_SECONDS);
        return mailbox;
    }

    /** Waits for a message like this one. */
    PubsubMessage await(String what, Predicate<PubsubMessage> wanted) {
        return Awaitility.await(what)
                .atMost(PATIENCE)
                .until(() -> all().stream().filter(wanted).toList(), found -> !found.isEmpty())
                .getFirst();
    }

    /** Everything that came so far. */
    List<PubsubMessage> all() {
        while (!take().isEmpty()) {}
        return List.copyOf(taken);
    }

    /** Some that came since; none where none did. */
    List<PubsubMessage> take() {
        List<PubsubMessage> more = pull().stream().map(ReceivedMessage::getMessage).toList();
        taken.addAll(more);
        return more;
    }

    @SuppressWarnings("deprecation") // the one way not to wait for a message that never comes
    private List<ReceivedMessage> pull() {
        List<ReceivedMessage> batch =
                client.pull(subscription, true, MOST).getReceivedMessagesList();
        if (!batch.isEmpty()) {
            client.acknowledge(
                    subscription, batch.stream().map(ReceivedMessage::getAckId).toList());
        }
        return batch;
    }

    @Override
    public void close() {
        client.close();
    }
}
