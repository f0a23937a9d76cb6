package dev.slipway.local.pubsub;

import com.google.protobuf.ByteString;
import com.google.pubsub.v1.AcknowledgeRequest;
import com.google.pubsub.v1.ModifyAckDeadlineRequest;
import com.google.pubsub.v1.PublishRequest;
import com.google.pubsub.v1.PublisherGrpc;
import com.google.pubsub.v1.PublisherGrpc.PublisherBlockingStub;
import com.google.pubsub.v1.PubsubMessage;
import com.google.pubsub.v1.PullRequest;
import com.google.pubsub.v1.ReceivedMessage;
import com.google.pubsub.v1.SubscriberGrpc;
import com.google.pubsub.v1.SubscriberGrpc.SubscriberBlockingStub;
import com.google.pubsub.v1.Subscription;
import com.google.pubsub.v1.Topic;
import com.linecorp.armeria.server.Server;
import com.linecorp.armeria.server.ServerBuilder;
import dev.slipway.contracts.Topology;
import dev.slipway.local.Callers;
import dev.slipway.local.Settings;
import dev.slipway.local.State;
import dev.slipway.local.identity.IdTokens;
import io.grpc.ManagedChannel;
import io.grpc.ManagedChannelBuilder;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.function.UnaryOperator;

/** Pub/Sub alone on a port, by a clock that the test moves. */
final class Bench implements AutoCloseable {
    private final State state;
    private final PubSub pubSub;
    private final Server server;
    private final ManagedChannel channel;
    final MovedClock clock = new MovedClock();
    final PublisherBlockingStub publisher;
    final SubscriberBlockingStub subscriber;

    Bench(Path home) {
        Settings settings = Settings.defaults(home);
        state = new State(home.resolve("cloud"));
        Callers callers =
                new Callers(home, Topology.of(settings.project(), settings.installation()));
        pubSub = new PubSub(state, settings, callers, new IdTokens(state, clock), clock);
        ServerBuilder builder = Server.builder().http(0).requestTimeoutMillis(0).decorator(callers);
        pubSub.addTo(builder);
        server = builder.build();
        server.start().join();
        channel =
                ManagedChannelBuilder.forAddress("localhost", server.activeLocalPort())
                        .usePlaintext()
                        .build();
        publisher = PublisherGrpc.newBlockingStub(channel);
        subscriber = SubscriberGrpc.newBlockingStub(channel);
    }

    ManagedChannel channel() {
        return channel;
    }

    static String topic(String id) {
        return "projects/local-project/topics/" + id;
    }

    static String subscription(String id) {
        return "projects/local-project/subscriptions/" + id;
    }

    void topic(String id, UnaryOperator<Topic.Builder> settings) {
        publisher.createTopic(settings.apply(Topic.newBuilder().setName(topic(id))).build());
    }

    /** A topic and a subscription of the same id. */
    void subscribe(String id, UnaryOperator<Subscription.Builder> settings) {
        topic(id, topic -> topic);
        subscriber.createSubscription(
                settings.apply(
                                Subscription.newBuilder()
                                        .setName(subscription(id))
                                        .setTopic(topic(id)))
                        .build());
    }

    void publish(String id, PubsubMessage... messages) {
        publisher.publish(
                PublishRequest.newBuilder()
                        .setTopic(topic(id))
                        .addAllMessages(Arrays.asList(messages))
                        .build());
    }

    static PubsubMessage message(String text, String key) {
        return PubsubMessage.newBuilder()
                .setData(ByteString.copyFromUtf8(text))
                .setOrderingKey(key)
                .build();
    }

    /** Moves the clock and does what is then due. */
    void pass(Duration time) {
        clock.move(time);
        pubSub.tick();
    }

    /** What there is now, without waiting. */
    @SuppressWarnings("deprecation") // the only way not to wait
    List<ReceivedMessage> pull(String id) {
        return subscriber
                .pull(
                        PullRequest.newBuilder()
                                .setSubscription(subscription(id))
                                .setMaxMessages(100)
                                .setReturnImmediately(true)
                                .build())
                .getReceivedMessagesList();
    }

    static List<String> texts(List<ReceivedMessage> received) {
        return received.stream().map(one -> one.getMessage().getData().toStringUtf8()).toList();
    }

    void acknowledge(String id, ReceivedMessage... received) {
        subscriber.acknowledge(
                AcknowledgeRequest.newBuilder()
                        .setSubscription(subscription(id))
                        .addAllAckIds(
                                Arrays.stream(received).map(ReceivedMessage::getAckId).toList())
                        .build());
    }

    /** Moves the end of a lease; 0 seconds give the message back. */
    void modify(String id, ReceivedMessage received, int seconds) {
        subscriber.modifyAckDeadline(
                ModifyAckDeadlineRequest.newBuilder()
                        .setSubscription(subscription(id))
                        .addAckIds(received.getAckId())
                        .setAckDeadlineSeconds(seconds)
                        .build());
    }

    @Override
    public void close() {
        channel.shutdownNow();
        server.stop().join();
        pubSub.close();
        state.close();
    }
}
