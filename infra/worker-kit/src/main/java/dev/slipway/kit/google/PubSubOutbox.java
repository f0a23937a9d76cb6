package dev.slipway.kit.google;

import com.google.api.gax.batching.BatchingSettings;
import com.google.api.gax.rpc.ApiException;
import com.google.cloud.pubsub.v1.Publisher;
import com.google.cloud.pubsub.v1.TopicAdminSettings;
import com.google.protobuf.ByteString;
import com.google.pubsub.v1.PubsubMessage;
import com.google.pubsub.v1.TopicName;
import dev.slipway.contracts.DeploymentFinished;
import dev.slipway.contracts.EventCodec;
import dev.slipway.contracts.ImagePushed;
import dev.slipway.contracts.PipelineEvent;
import dev.slipway.contracts.SourceStored;
import dev.slipway.contracts.Topology;
import dev.slipway.kit.FailureKind;
import dev.slipway.kit.GatewayException;
import dev.slipway.kit.Outbox;
import dev.slipway.kit.SlipwayConfig;
import jakarta.annotation.PreDestroy;
import jakarta.inject.Singleton;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/** Pub/Sub as the way out: publish, wait for the confirmation, return. */
@Singleton
public class PubSubOutbox implements Outbox {
    /** Each is awaited at once, so waiting for others to join would only cost time. */
    private static final BatchingSettings ONE_BY_ONE =
            BatchingSettings.newBuilder().setIsEnabled(false).build();

    private static final long CONFIRMED_WITHIN_SECONDS = 60;

    private final GoogleAccess access;
    private final SlipwayConfig config;
    private final Topology topology;
    private final EventCodec codec;
    private final Map<String, Publisher> publishers = new ConcurrentHashMap<>();

    PubSubOutbox(GoogleAccess access, SlipwayConfig config, Topology topology, EventCodec codec) {
        this.access = access.toPubSub();
        this.config = config;
        this.topology = topology;
        this.codec = codec;
    }

    @Override
    public void publish(PipelineEvent event) {
        EventCodec.Encoded encoded = codec.encode(event);
        publish(topology.topic(topicOf(event)).name(), encoded.attributes(), encoded.data());
    }

    private static String topicOf(PipelineEvent event) {
        return switch (event) {
            case SourceStored _ -> "source-stored";
            case ImagePushed _ -> "image-pushed";
            case DeploymentFinished _ -> "deployment-finished";
        };
    }

    /** Publishes to a topic by its short name and returns once it is confirmed. */
    void publish(String topic, Map<String, String> attributes, byte[] data) {
        PubsubMessage message =
                PubsubMessage.newBuilder()
                        .putAllAttributes(attributes)
                        .setData(ByteString.copyFrom(data))
                        .build();
        String tried = "publish to the topic " + topic;
        try {
            publishers
                    .computeIfAbsent(topic, this::publisher)
                    .publish(message)
                    .get(CONFIRMED_WITHIN_SECONDS, TimeUnit.SECONDS);
        } catch (ExecutionException e) {
            throw e.getCause() instanceof ApiException api
                    ? GoogleFailures.of(tried, api)
                    : new GatewayException(
                            FailureKind.TRANSIENT, tried, "it failed: " + e.getCause(), e);
        } catch (TimeoutException e) {
            throw new GatewayException(
                    FailureKind.TRANSIENT, tried, "no confirmation came within 60 s", e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new GatewayException(FailureKind.TRANSIENT, tried, "the worker is stopping", e);
        }
    }

    private Publisher publisher(String topic) {
        try {
            return Publisher.newBuilder(TopicName.of(config.project(), topic))
                    .setChannelProvider(
                            access.channel(
                                    TopicAdminSettings.defaultGrpcTransportProviderBuilder()))
                    .setCredentialsProvider(access.credentials())
                    .setHeaderProvider(access.headers())
                    .setBatchingSettings(ONE_BY_ONE)
                    .build();
        } catch (IOException e) {
            throw new UncheckedIOException("cannot make a publisher for the topic " + topic, e);
        }
    }

    @PreDestroy
    void close() {
        publishers.values().forEach(Publisher::shutdown);
    }
}
