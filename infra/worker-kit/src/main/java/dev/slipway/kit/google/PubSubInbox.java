package dev.slipway.kit.google;

import com.google.api.core.ApiService;
import com.google.api.gax.batching.FlowControlSettings;
import com.google.cloud.pubsub.v1.AckReplyConsumer;
import com.google.cloud.pubsub.v1.Subscriber;
import com.google.cloud.pubsub.v1.SubscriberShutdownSettings;
import com.google.cloud.pubsub.v1.SubscriberShutdownSettings.ShutdownMode;
import com.google.cloud.pubsub.v1.SubscriptionAdminSettings;
import com.google.pubsub.v1.ProjectSubscriptionName;
import com.google.pubsub.v1.PubsubMessage;
import dev.slipway.contracts.Topology;
import dev.slipway.kit.Inbox;
import dev.slipway.kit.MessageHandler;
import dev.slipway.kit.SlipwayConfig;
import io.micrometer.core.instrument.MeterRegistry;
import jakarta.inject.Singleton;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
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
    private final InstantSource clock;
    private final Executor threads = Executors.newVirtualThreadPerTaskExecutor();
    private final Map<String, Subscriber> subscribers = new ConcurrentHashMap<>();
    private volatile boolean stopping;

    PubSubInbox(
            GoogleAccess access,
            SlipwayConfig config,
            Topology topology,
            PubSubOutbox outbox,
            Prerequisites prerequisites,
            MeterRegistry meters,
            InstantSource clock) {
        this.access = access;
        this.config = config;
        this.topology = topology;
        this.outbox = outbox;
        this.prerequisites = prerequisites;
        this.meters = meters;
        this.clock = clock;
    }

    @Override
    public void feed(String subscription, MessageHandler handler) {
        prerequisites.whenMet(() -> start(topology.subscription(subscription), handler));
    }

    private synchronized void start(Topology.Subscription subscription, MessageHandler handler) {
        if (stopping) {
            return;
        }
        Receiver receiver = new Receiver(subscription, handler, outbox, meters);
        Subscriber subscriber = subscriber(subscription, receiver);
        subscriber.addListener(new Restart(subscription, handler), threads);
        subscribers.put(subscription.id(), subscriber);
        subscriber.startAsync();
        LOG.infof("subscription=%s fed", subscription.name());
    }

    private Subscriber subscriber(Topology.Subscription subscription, Receiver receiver) {
        return Subscriber.newBuilder(
                        ProjectSubscriptionName.of(config.project(), subscription.name()),
                        (PubsubMessage message, AckReplyConsumer reply) ->
                                threads.execute(() -> receiver.receive(message, reply)))
                .setChannelProvider(
                        access.channel(
                                SubscriptionAdminSettings.defaultGrpcTransportProviderBuilder()))
                .setCredentialsProvider(access.credentials())
                .setHeaderProvider(access.headers())
                .setParallelPullCount(1)
                .setMinDurationPerAckExtensionDuration(LEASE)
                .setMaxDurationPerAckExtensionDuration(LONGEST_LEASE)
                .setMaxAckExtensionPeriodDuration(LONGEST_HANDLING)
                .setFlowControlSettings(
                        FlowControlSettings.newBuilder()
                                .setMaxOutstandingElementCount((long) config.stage().concurrency())
                                .setMaxOutstandingRequestBytes(MOST_BYTES_IN_HAND)
                                .build())
                .setSubscriberShutdownSettings(
                        SubscriberShutdownSettings.newBuilder()
                                .setMode(ShutdownMode.WAIT_FOR_PROCESSING)
                                .setTimeout(config.stage().shutdownGrace())
                                .build())
                .build();
    }

    /**
     * Stops pulling at once. What is in hand has the worker's grace to finish, but for its last
     * second, in which the client hands the rest back.
     */
    void stop() {
        synchronized (this) {
            stopping = true;
        }
        subscribers.values().forEach(Subscriber::stopAsync);
    }

    /** Returns when nothing is in hand any more, or after this time. */
    void awaitStopped(Instant until) {
        subscribers.forEach(
                (subscription, subscriber) -> {
                    try {
                        long left = Duration.between(clock.instant(), until).toMillis();
                        subscriber.awaitTerminated(Math.max(0, left), TimeUnit.MILLISECONDS);
                    } catch (TimeoutException e) {
                        LOG.warnf("subscription=%s did not finish what was in hand", subscription);
                    } catch (IllegalStateException e) {
                        LOG.debugf("subscription=%s had failed: %s", subscription, e.getMessage());
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
            prerequisites.recheck(
                    "the subscription " + subscription.name() + " failed: " + failure.getMessage());
            prerequisites.whenMet(() -> start(subscription, handler));
        }
    }
}
