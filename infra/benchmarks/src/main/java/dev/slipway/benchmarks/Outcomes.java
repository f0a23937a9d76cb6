package dev.slipway.benchmarks;

import com.google.cloud.pubsub.v1.Subscriber;
import com.google.cloud.pubsub.v1.SubscriptionAdminClient;
import com.google.pubsub.v1.ProjectSubscriptionName;
import com.google.pubsub.v1.PubsubMessage;
import com.google.pubsub.v1.Subscription;
import com.google.pubsub.v1.TopicName;
import dev.slipway.contracts.DeploymentFinished;
import dev.slipway.contracts.EventCodec;
import dev.slipway.contracts.Outcome;
import dev.slipway.contracts.UnreadableEvent;
import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;

/** What the topic deployment-finished tells, in a subscription of this program's own. */
final class Outcomes implements AutoCloseable {
    private static final long IN_HAND = 1000;

    private final Subscriber subscriber;
    private final EventCodec codec;
    private final Map<String, Ended> byObject = new ConcurrentHashMap<>();
    private final List<String> wrong = new CopyOnWriteArrayList<>();

    /**
     * How a drop ended.
     *
     * @param nanos when this program heard of it, by {@link System#nanoTime}
     */
    record Ended(DeploymentFinished event, long nanos) {}

    Outcomes(Cloud cloud, Clients clients) throws IOException {
        this(cloud, clients, "benchmark-outcomes");
    }

    /**
     * @param id the subscription's, which is made
     */
    Outcomes(Cloud cloud, Clients clients, String id) throws IOException {
        this.codec = new EventCodec(cloud.project(), cloud.installation());
        ProjectSubscriptionName name = ProjectSubscriptionName.of(cloud.project(), id);
        try (SubscriptionAdminClient admin = clients.subscriptions()) {
            admin.createSubscription(
                    Subscription.newBuilder()
                            .setName(name.toString())
                            .setTopic(
                                    TopicName.of(
                                                    cloud.project(),
                                                    cloud.topology()
                                                            .topic("deployment-finished")
                                                            .name())
                                            .toString())
                            .setAckDeadlineSeconds(60)
                            .build());
        }
        this.subscriber =
                clients.subscriber(
                        id,
                        IN_HAND,
                        (message, reply) -> {
                            take(message, System.nanoTime());
                            reply.ack();
                        });
        subscriber.startAsync().awaitRunning();
    }

    private void take(PubsubMessage message, long nanos) {
        try {
            var event =
                    (DeploymentFinished)
                            codec.decode(
                                    message.getAttributesMap(), message.getData().toByteArray());
            Ended before = byObject.putIfAbsent(event.drop().toString(), new Ended(event, nanos));
            if (before != null && !before.event().equals(event)) {
                wrong.add("two outcomes: " + before.event() + " and " + event);
            }
            if (event.outcome() != Outcome.LIVE) {
                wrong.add("not LIVE: " + event);
            }
        } catch (UnreadableEvent e) {
            wrong.add("no outcome: " + e.getMessage());
        }
        synchronized (this) {
            notifyAll();
        }
    }

    /** Waits until this many drops in all have ended; fails where they have not in time. */
    synchronized void await(int drops, Duration atMost) throws InterruptedException {
        long end = System.nanoTime() + atMost.toNanos();
        while (byObject.size() < drops && System.nanoTime() < end) {
            wait(Math.max(1, Math.min(1000, (end - System.nanoTime()) / 1_000_000)));
        }
        if (byObject.size() < drops) {
            throw new IllegalStateException(
                    "%d of %d drops had an outcome after %s"
                            .formatted(byObject.size(), drops, atMost));
        }
    }

    /** How this drop ended. */
    Ended of(String drop) {
        Ended ended = byObject.get(drop);
        if (ended == null) {
            throw new IllegalStateException("nothing was told of " + drop);
        }
        return ended;
    }

    /** Fails unless every drop so far ended LIVE, and none in two ways. */
    void requireAllLive() {
        if (!wrong.isEmpty()) {
            throw new IllegalStateException(String.join("\n", wrong));
        }
    }

    int size() {
        return byObject.size();
    }

    @Override
    public void close() {
        subscriber.stopAsync().awaitTerminated();
    }
}
