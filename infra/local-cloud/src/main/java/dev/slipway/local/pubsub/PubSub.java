package dev.slipway.local.pubsub;

import com.google.pubsub.v1.PubsubMessage;
import com.google.pubsub.v1.SchemaServiceGrpc;
import com.linecorp.armeria.server.ServerBuilder;
import dev.slipway.local.Api;
import dev.slipway.local.Callers;
import dev.slipway.local.Figure;
import dev.slipway.local.Settings;
import dev.slipway.local.State;
import dev.slipway.local.Topics;
import dev.slipway.local.Transcoded;
import io.grpc.Status;
import io.grpc.StatusRuntimeException;
import java.time.InstantSource;
import java.util.List;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Cloud Pub/Sub: topics and pull subscriptions that act on their policies. gRPC at the root of the
 * port, REST below {@code /pubsub}. Schemas, snapshots, push and exactly-once delivery are
 * UNIMPLEMENTED.
 */
public final class PubSub implements Api, Topics {
    private static final Logger LOG = LoggerFactory.getLogger(PubSub.class);
    private static final String PREFIX = "/pubsub";
    private static final long TICK_MILLIS = 20;

    private final Bus bus;
    private final Access access;
    private final String project;
    private final ScheduledExecutorService scheduler;

    /** The topics, subscriptions and messages that the state holds, on real time. */
    public PubSub(State state, Settings settings, Callers callers) {
        this(state, settings, callers, InstantSource.system());
    }

    /** The same by another clock, which leases, backoffs and retention follow. */
    PubSub(State state, Settings settings, Callers callers, InstantSource clock) {
        this.scheduler =
                Executors.newSingleThreadScheduledExecutor(
                        Thread.ofPlatform().name("pubsub").daemon().factory());
        this.bus = new Bus(state, clock, scheduler);
        this.access = new Access(callers);
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
    public List<Figure> figures() {
        return bus.traffic().figures();
    }

    @Override
    public void close() {
        scheduler.shutdownNow();
    }
}
