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
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
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
public class PubSubInbox implements Inbox, StageWork {
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
    private final List<Fed> fed = new CopyOnWriteArrayList<>();

    /** Who pulls now, by subscription; {@link #unfinished} also has those that only finish. */
    private final Map<Fed, Subscriber> pulling = new HashMap<>();

    private final Set<Subscriber> unfinished = ConcurrentHashMap.newKeySet();
    private boolean paused = true;
    private boolean stopping;

    private record Fed(Topology.Subscription subscription, MessageHandler handler) {}

    PubSubInbox(
            GoogleAccess access,
            SlipwayConfig config,
            Topology topology,
            PubSubOutbox outbox,
            Prerequisites prerequisites,
            MeterRegistry meters,
            InstantSource clock) {
        this.access = access.toPubSub();
        this.config = config;
        this.topology = topology;
        this.outbox = outbox;
        this.prerequisites = prerequisites;
        this.meters = meters;
        this.clock = clock;
    }

    @Override
    public void feed(String subscription, MessageHandler handler) {
        Fed added = new Fed(topology.subscription(subscription), handler);
        fed.add(added);
        prerequisites.whenMet(() -> start(added));
    }

    private synchronized void start(Fed wanted) {
        if (stopping || paused || pulling.containsKey(wanted)) {
            return;
        }
        Topology.Subscription subscription = wanted.subscription();
        Subscriber subscriber =
                subscriber(
                        subscription, new Receiver(subscription, wanted.handler(), outbox, meters));
        subscriber.addListener(new End(wanted, subscriber), threads);
        pulling.put(wanted, subscriber);
        unfinished.add(subscriber);
        subscriber.startAsync();
        LOG.infof("subscription=%s fed", subscription.name());
    }

    @Override
    public void resume() {
        synchronized (this) {
            paused = false;
        }
        fed.forEach(wanted -> prerequisites.whenMet(() -> start(wanted)));
    }

    /** What the client holds and no handler has begun, it hands back within the worker's grace. */
    @Override
    public synchronized void pause() {
        paused = true;
        pulling.values().forEach(Subscriber::stopAsync);
        pulling.clear();
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
        unfinished.forEach(Subscriber::stopAsync);
    }

    /** Returns when nothing is in hand any more, or after this time. */
    void awaitStopped(Instant until) {
        for (Subscriber subscriber : unfinished) {
            String subscription = subscriber.getSubscriptionNameString();
            try {
                long left = Duration.between(clock.instant(), until).toMillis();
                subscriber.awaitTerminated(Math.max(0, left), TimeUnit.MILLISECONDS);
            } catch (TimeoutException e) {
                LOG.warnf("subscription=%s did not finish what was in hand", subscription);
            } catch (IllegalStateException e) {
                LOG.debugf("subscription=%s had failed: %s", subscription, e.getMessage());
            }
        }
    }

    private synchronized void ended(Fed was, Subscriber subscriber) {
        unfinished.remove(subscriber);
        pulling.remove(was, subscriber);
    }

    /**
     * A subscriber ends when it was stopped, and on errors that it deems permanent; a new one then
     * starts when all that it needs is there again.
     */
    private final class End extends ApiService.Listener {
        private final Fed was;
        private final Subscriber subscriber;

        End(Fed was, Subscriber subscriber) {
            this.was = was;
            this.subscriber = subscriber;
        }

        @Override
        public void terminated(ApiService.State from) {
            ended(was, subscriber);
        }

        @Override
        public void failed(ApiService.State from, Throwable failure) {
            ended(was, subscriber);
            String name = was.subscription().name();
            LOG.warnf("subscription=%s failed: %s", name, failure.getMessage());
            prerequisites.recheck("the subscription " + name + " failed: " + failure.getMessage());
            prerequisites.whenMet(() -> start(was));
        }
    }
}
