package dev.slipway.kit.google;

import com.google.api.core.ApiService;
import com.google.api.gax.batching.FlowControlSettings;
import com.google.cloud.pubsub.v1.AckReplyConsumer;
import com.google.cloud.pubsub.v1.Subscriber;
import com.google.cloud.pubsub.v1.SubscriptionAdminSettings;
import com.google.pubsub.v1.ProjectSubscriptionName;
import com.google.pubsub.v1.PubsubMessage;
import dev.slipway.contracts.Topology;
import dev.slipway.kit.Handled;
import dev.slipway.kit.Inbox;
import dev.slipway.kit.Message;
import dev.slipway.kit.MessageHandler;
import dev.slipway.kit.SlipwayConfig;
import io.micrometer.core.instrument.MeterRegistry;
import io.quarkus.runtime.ShutdownEvent;
import jakarta.enterprise.event.Observes;
import jakarta.inject.Singleton;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Executor;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.jboss.logging.Logger;

/**
 * Pub/Sub as the way in: publish, wait, then acknowledge. Short lease extensions let a killed
 * worker's messages move to another one within seconds; the client keeps extending while a handler
 * works.
 */
@Singleton
public class PubSubInbox implements Inbox {
    private static final Logger LOG = Logger.getLogger(PubSubInbox.class);
    private static final Duration LEASE = Duration.ofSeconds(10);
    private static final Duration LONGEST_LEASE = Duration.ofSeconds(15);
    private static final Duration LONGEST_HANDLING = Duration.ofMinutes(10);
    private static final long MOST_BYTES_IN_HAND = 16L << 20;

    private final GoogleAccess access;
    private final SlipwayConfig config;
    private final Topology topology;
    private final PubSubOutbox outbox;
    private final Prerequisites prerequisites;
    private final MeterRegistry meters;
    private final Executor threads = Executors.newVirtualThreadPerTaskExecutor();
    private final Map<String, Subscriber> subscribers = new ConcurrentHashMap<>();
    private volatile boolean stopping;

    PubSubInbox(
            GoogleAccess access,
            SlipwayConfig config,
            Topology topology,
            PubSubOutbox outbox,
            Prerequisites prerequisites,
            MeterRegistry meters) {
        this.access = access;
        this.config = config;
        this.topology = topology;
        this.outbox = outbox;
        this.prerequisites = prerequisites;
        this.meters = meters;
    }

    @Override
    public void feed(String subscription, MessageHandler handler) {
        prerequisites.whenMet(() -> start(topology.subscription(subscription), handler));
    }

    private synchronized void start(Topology.Subscription subscription, MessageHandler handler) {
        if (stopping) {
            return;
        }
        Subscriber subscriber =
                Subscriber.newBuilder(
                                ProjectSubscriptionName.of(config.project(), subscription.name()),
                                (PubsubMessage message, AckReplyConsumer reply) ->
                                        threads.execute(
                                                () ->
                                                        receive(
                                                                subscription,
                                                                handler,
                                                                message,
                                                                reply)))
                        .setChannelProvider(
                                access.channel(
                                        SubscriptionAdminSettings
                                                .defaultGrpcTransportProviderBuilder()))
                        .setCredentialsProvider(access.credentials())
                        .setHeaderProvider(access.headers())
                        .setParallelPullCount(1)
                        .setMinDurationPerAckExtensionDuration(LEASE)
                        .setMaxDurationPerAckExtensionDuration(LONGEST_LEASE)
                        .setMaxAckExtensionPeriodDuration(LONGEST_HANDLING)
                        .setFlowControlSettings(
                                FlowControlSettings.newBuilder()
                                        .setMaxOutstandingElementCount(
                                                (long) config.stage().concurrency())
                                        .setMaxOutstandingRequestBytes(MOST_BYTES_IN_HAND)
                                        .build())
                        .build();
        subscriber.addListener(new Restart(subscription, handler), threads);
        subscribers.put(subscription.id(), subscriber);
        subscriber.startAsync();
        LOG.infof("subscription=%s fed", subscription.name());
    }

    private void receive(
            Topology.Subscription subscription,
            MessageHandler handler,
            PubsubMessage message,
            AckReplyConsumer reply) {
        try {
            Message received =
                    new Message(
                            message.getMessageId(),
                            message.getAttributesMap(),
                            message.getData().toByteArray());
            Handled handled = handler.handle(received);
            if (handled instanceof Handled.Unreadable(String reason)) {
                putAside(subscription, received, reason);
            }
            reply.ack();
            count(subscription, handled instanceof Handled.Done ? "done" : "unreadable");
        } catch (RuntimeException e) {
            LOG.warnf(
                    e,
                    "subscription=%s message=%s comes again",
                    subscription.name(),
                    message.getMessageId());
            reply.nack();
            count(subscription, "failed");
        }
    }

    private void putAside(Topology.Subscription subscription, Message message, String reason) {
        LOG.warnf(
                "subscription=%s message=%s is unreadable: %s",
                subscription.name(), message.id(), reason);
        Map<String, String> attributes = new LinkedHashMap<>(message.attributes());
        attributes.put("slipway-reason", reason);
        attributes.put("slipway-subscription", subscription.name());
        attributes.put("slipway-message-id", message.id());
        outbox.publish(subscription.deadLetterName(), attributes, message.data());
    }

    private void count(Topology.Subscription subscription, String result) {
        meters.counter("slipway.messages", "subscription", subscription.id(), "result", result)
                .increment();
    }

    /**
     * Stops pulling at once, and gives what is in hand the time to finish; the rest comes again
     * elsewhere.
     */
    void stop(@Observes ShutdownEvent event) {
        synchronized (this) {
            stopping = true;
        }
        subscribers.values().forEach(Subscriber::stopAsync);
        subscribers.forEach(
                (subscription, subscriber) -> {
                    try {
                        subscriber.awaitTerminated(
                                config.stage().shutdownGrace().toMillis(), TimeUnit.MILLISECONDS);
                    } catch (TimeoutException | IllegalStateException e) {
                        LOG.warnf(
                                "subscription=%s did not finish what was in hand: %s",
                                subscription, e.getMessage());
                    }
                });
    }

    /**
     * A subscriber ends on errors that it deems permanent; a new one starts when all that it needs
     * is there again.
     */
    private final class Restart extends ApiService.Listener {
        private final Topology.Subscription subscription;
        private final MessageHandler handler;

        Restart(Topology.Subscription subscription, MessageHandler handler) {
            this.subscription = subscription;
            this.handler = handler;
        }

        @Override
        public void failed(ApiService.State from, Throwable failure) {
            LOG.warnf("subscription=%s failed: %s", subscription.name(), failure.getMessage());
            prerequisites.recheck();
            prerequisites.whenMet(() -> start(subscription, handler));
        }
    }
}
