package dev.slipway.local.pubsub;

import com.google.pubsub.v1.PubsubMessage;
import com.google.pubsub.v1.SchemaServiceGrpc;
import com.google.pubsub.v1.Subscription;
import com.google.pubsub.v1.Topic;
import com.linecorp.armeria.server.ServerBuilder;
import dev.slipway.local.Accounts;
import dev.slipway.local.Api;
import dev.slipway.local.Callers;
import dev.slipway.local.EventTransport;
import dev.slipway.local.Figure;
import dev.slipway.local.Settings;
import dev.slipway.local.State;
import dev.slipway.local.Topics;
import dev.slipway.local.Transcoded;
import dev.slipway.local.identity.IdTokens;
import io.grpc.Status;
import io.grpc.StatusRuntimeException;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.function.UnaryOperator;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Cloud Pub/Sub: topics, and pull and push subscriptions that act on their policies. gRPC at the
 * root of the port, REST below {@code /pubsub}. Schemas, snapshots and exactly-once delivery are
 * UNIMPLEMENTED.
 */
public final class PubSub implements Api, Topics, EventTransport {
    private static final Logger LOG = LoggerFactory.getLogger(PubSub.class);
    private static final String PREFIX = "/pubsub";
    private static final long TICK_MILLIS = 20;

    private final Bus bus;
    private final Access access;
    private final String project;
    private final Courier courier;
    private final Pushes pushes;
    private final ScheduledExecutorService scheduler;

    /**
     * The topics, subscriptions and messages that the state holds, on real time.
     *
     * @param tokens what pushes prove with who sends them
     */
    public PubSub(State state, Settings settings, Callers callers, IdTokens tokens) {
        this(state, settings, callers, tokens, InstantSource.system());
    }

    /** The same by another clock, which leases, backoffs and retention follow. */
    PubSub(State state, Settings settings, Callers callers, IdTokens tokens, InstantSource clock) {
        this.scheduler =
                Executors.newSingleThreadScheduledExecutor(
                        Thread.ofPlatform().name("pubsub").daemon().factory());
        this.courier = new Courier(tokens);
        this.pushes = new Pushes(courier, scheduler);
        this.bus = new Bus(state, clock, scheduler, pushes);
        this.access = new Access(callers, new Accounts(settings, callers));
        this.project = settings.project();
        var _ =
                scheduler.scheduleWithFixedDelay(
                        this::tick, TICK_MILLIS, TICK_MILLIS, TimeUnit.MILLISECONDS);
    }

    /** Does what is due by the clock, which happens by itself every 20 ms. */
    void tick() {
        try {
            bus.tick();
        } catch (RuntimeException e) {
            LOG.error("what was due in Pub/Sub failed; it is tried again", e);
        }
    }

    @Override
    public void addTo(ServerBuilder server) {
        Transcoded.add(
                server,
                PREFIX,
                new PublisherCalls(bus, access, project),
                new SubscriberCalls(bus, access, project, scheduler),
                new PermissionCalls(bus, access),
                new SchemaServiceGrpc.SchemaServiceImplBase() {});
    }

    /** Begins to push, so whatever is pushed to must answer by now. */
    @Override
    public void started(int port) {
        pushes.start();
    }

    @Override
    public void publish(String topic, PubsubMessage message) {
        try {
            bus.publish(topic, List.of(message));
        } catch (StatusRuntimeException e) {
            if (e.getStatus().getCode() != Status.Code.NOT_FOUND) {
                throw e;
            }
            LOG.debug("nobody gets what was published to {}, which does not exist", topic);
        }
    }

    @Override
    public boolean hasTopic(String topic) {
        return bus.topics().find(topic) != null;
    }

    @Override
    public void create(Topic topic) {
        bus.create(TopicRules.complete(topic));
    }

    @Override
    public void deleteTopic(String topic) {
        unlessMissing(() -> bus.deleteTopic(topic));
    }

    @Override
    public void create(Subscription subscription) {
        bus.create(SubscriptionRules.complete(subscription));
    }

    @Override
    public Optional<Subscription> subscription(String name) {
        return Optional.ofNullable(bus.subscriptions().find(name));
    }

    @Override
    public void change(String subscription, UnaryOperator<Subscription> change) {
        bus.updateSubscription(subscription, was -> SubscriptionRules.complete(change.apply(was)));
    }

    @Override
    public void deleteSubscription(String subscription) {
        unlessMissing(() -> bus.deleteSubscription(subscription));
    }

    private static void unlessMissing(Runnable deletion) {
        try {
            deletion.run();
        } catch (StatusRuntimeException e) {
            if (e.getStatus().getCode() != Status.Code.NOT_FOUND) {
                throw e;
            }
        }
    }

    @Override
    public List<Figure> figures() {
        return bus.traffic().figures();
    }

    /** Pushes end first: what they still tell the feeds needs the rest. */
    @Override
    public void close() {
        courier.close();
        scheduler.shutdownNow();
    }
}
