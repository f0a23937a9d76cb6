package dev.slipway.local.pubsub;

import com.google.api.gax.batching.BatchingSettings;
import com.google.api.gax.batching.FlowControlSettings;
import com.google.api.gax.core.NoCredentialsProvider;
import com.google.api.gax.grpc.GrpcTransportChannel;
import com.google.api.gax.rpc.FixedTransportChannelProvider;
import com.google.api.gax.rpc.TransportChannelProvider;
import com.google.cloud.pubsub.v1.MessageReceiver;
import com.google.cloud.pubsub.v1.Publisher;
import com.google.cloud.pubsub.v1.Subscriber;
import com.google.cloud.pubsub.v1.SubscriptionAdminClient;
import com.google.cloud.pubsub.v1.SubscriptionAdminSettings;
import com.google.cloud.pubsub.v1.TopicAdminClient;
import com.google.cloud.pubsub.v1.TopicAdminSettings;
import io.grpc.ManagedChannel;
import io.grpc.ManagedChannelBuilder;
import io.grpc.Metadata;
import io.grpc.stub.MetadataUtils;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/** Google's own clients against one endpoint, as one identity. */
final class Clients implements AutoCloseable {
    private static final int LARGEST_MESSAGE_BYTES = 20 << 20;

    private final ManagedChannel channel;
    private final List<Subscriber> subscribers = new ArrayList<>();
    private final List<Publisher> publishers = new ArrayList<>();
    final TopicAdminClient topics;
    final SubscriptionAdminClient subscriptions;

    private Clients(String authority, Metadata headers) throws IOException {
        this.channel =
                ManagedChannelBuilder.forTarget(authority)
                        .usePlaintext()
                        .maxInboundMessageSize(LARGEST_MESSAGE_BYTES)
                        .intercept(MetadataUtils.newAttachHeadersInterceptor(headers))
                        .build();
        this.topics =
                TopicAdminClient.create(
                        TopicAdminSettings.newBuilder()
                                .setTransportChannelProvider(transport())
                                .setCredentialsProvider(NoCredentialsProvider.create())
                                .build());
        this.subscriptions =
                SubscriptionAdminClient.create(
                        SubscriptionAdminSettings.newBuilder()
                                .setTransportChannelProvider(transport())
                                .setCredentialsProvider(NoCredentialsProvider.create())
                                .build());
    }

    /** As the project's owner. */
    static Clients of(String authority) {
        return of(authority, new Metadata());
    }

    static Clients withToken(String authority, String token) {
        Metadata headers = new Metadata();
        headers.put(
                Metadata.Key.of("authorization", Metadata.ASCII_STRING_MARSHALLER),
                "Bearer " + token);
        return of(authority, headers);
    }

    private static Clients of(String authority, Metadata headers) {
        try {
            return new Clients(authority, headers);
        } catch (IOException e) {
            throw new UncheckedIOException("no client for " + authority, e);
        }
    }

    ManagedChannel channel() {
        return channel;
    }

    private TransportChannelProvider transport() {
        return FixedTransportChannelProvider.create(GrpcTransportChannel.create(channel));
    }

    Publisher publisher(String topic, boolean ordered) {
        try {
            Publisher publisher =
                    Publisher.newBuilder(topic)
                            .setChannelProvider(transport())
                            .setCredentialsProvider(NoCredentialsProvider.create())
                            .setEnableMessageOrdering(ordered)
                            .build();
            publishers.add(publisher);
            return publisher;
        } catch (IOException e) {
            throw new UncheckedIOException("no publisher for " + topic, e);
        }
    }

    /** One that fills requests, for throughput. */
    Publisher batchingPublisher(String topic) {
        try {
            Publisher publisher =
                    Publisher.newBuilder(topic)
                            .setChannelProvider(transport())
                            .setCredentialsProvider(NoCredentialsProvider.create())
                            .setBatchingSettings(
                                    BatchingSettings.newBuilder()
                                            .setElementCountThreshold(100L)
                                            .setRequestByteThreshold(1L << 20)
                                            .setDelayThresholdDuration(Duration.ofMillis(10))
                                            .build())
                            .build();
            publishers.add(publisher);
            return publisher;
        } catch (IOException e) {
            throw new UncheckedIOException("no publisher for " + topic, e);
        }
    }

    /** Starts receiving, with leases as short as Pub/Sub allows. */
    Subscriber receive(String subscription, long mostOutstanding, MessageReceiver receiver) {
        Subscriber subscriber =
                Subscriber.newBuilder(subscription, receiver)
                        .setChannelProvider(transport())
                        .setCredentialsProvider(NoCredentialsProvider.create())
                        .setMinDurationPerAckExtensionDuration(Duration.ofSeconds(10))
                        .setMaxDurationPerAckExtensionDuration(Duration.ofSeconds(11))
                        .setFlowControlSettings(
                                FlowControlSettings.newBuilder()
                                        .setMaxOutstandingElementCount(mostOutstanding)
                                        .build())
                        .build();
        subscribers.add(subscriber);
        subscriber.startAsync().awaitRunning();
        return subscriber;
    }

    @Override
    public void close() {
        subscribers.forEach(Subscriber::stopAsync);
        subscribers.forEach(Clients::awaitEnd);
        publishers.forEach(Publisher::shutdown);
        topics.close();
        subscriptions.close();
        channel.shutdownNow();
    }

    private static void awaitEnd(Subscriber subscriber) {
        try {
            subscriber.awaitTerminated(20, TimeUnit.SECONDS);
        } catch (TimeoutException | IllegalStateException _) {
            // the channel is shut down below in any case
        }
    }
}
