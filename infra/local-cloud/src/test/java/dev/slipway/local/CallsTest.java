package dev.slipway.local;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.google.api.gax.core.NoCredentialsProvider;
import com.google.api.gax.rpc.FixedHeaderProvider;
import com.google.api.gax.rpc.TransportChannelProvider;
import com.google.cloud.NoCredentials;
import com.google.cloud.pubsub.v1.SubscriptionAdminClient;
import com.google.cloud.pubsub.v1.SubscriptionAdminSettings;
import com.google.cloud.pubsub.v1.TopicAdminClient;
import com.google.cloud.pubsub.v1.TopicAdminSettings;
import com.google.cloud.storage.BlobId;
import com.google.cloud.storage.BlobInfo;
import com.google.cloud.storage.BucketInfo;
import com.google.cloud.storage.Storage;
import com.google.cloud.storage.StorageOptions;
import com.google.protobuf.ByteString;
import com.google.pubsub.v1.PubsubMessage;
import com.google.pubsub.v1.PushConfig;
import com.google.pubsub.v1.ReceivedMessage;
import com.google.pubsub.v1.SubscriptionName;
import com.google.pubsub.v1.TopicName;
import dev.slipway.contracts.Topology;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Google's own clients call; the counts are what they did. */
class CallsTest {
    private static final String TOKEN = "a-token-of-the-upload-worker";
    private static final String DROP =
            Topology.of("local-project", "slipway").bucket("drop").name();

    @TempDir Path home;
    private LocalCloud cloud;

    @BeforeEach
    void start() throws Exception {
        Path tokens = Files.createDirectories(home.resolve("tokens"));
        Files.writeString(tokens.resolve("upload"), TOKEN);
        cloud = LocalCloud.start(Settings.defaults(home));
    }

    @AfterEach
    void stop() {
        cloud.close();
    }

    @Test
    void countsStorageCallsByCallerKindAndStatus() throws Exception {
        Storage owner = storage(Map.of());
        owner.create(BucketInfo.of(DROP));
        owner.create(BlobInfo.newBuilder(DROP, "a.zip").build(), new byte[] {1});
        Storage upload = storage(Map.of("authorization", "Bearer " + TOKEN));
        upload.get(BlobId.of(DROP, "a.zip"));
        upload.get(BlobId.of(DROP, "a.zip"));
        upload.readAllBytes(BlobId.of(DROP, "a.zip"));
        upload.get(BlobId.of(DROP, "b.zip"));

        awaitLine("calls_total", "owner", "storage", "buckets.insert", 200, 1);
        awaitLine("calls_total", "owner", "storage", "objects.insert", 200, 1);
        awaitLine("calls_total", "upload", "storage", "objects.get", 200, 2);
        awaitLine("calls_total", "upload", "storage", "objects.get", 404, 1);
        awaitLine("calls_total", "upload", "storage", "objects.get.media", 200, 1);
        assertThat(metrics()).doesNotContain("owner\",api=\"storage\",method=\"objects.get\"");
    }

    @Test
    void countsMessagesByTopicAndSubscription() throws Exception {
        TransportChannelProvider channel =
                TopicAdminSettings.defaultGrpcTransportProviderBuilder()
                        .setEndpoint("127.0.0.1:" + cloud.port())
                        .setChannelConfigurator(builder -> builder.usePlaintext())
                        .build();
        TopicName topic = TopicName.of("local-project", "topic");
        SubscriptionName subscription = SubscriptionName.of("local-project", "subscription");
        try (TopicAdminClient topics =
                        TopicAdminClient.create(
                                TopicAdminSettings.newBuilder()
                                        .setTransportChannelProvider(channel)
                                        .setCredentialsProvider(NoCredentialsProvider.create())
                                        .setHeaderProvider(FixedHeaderProvider.create())
                                        .build());
                SubscriptionAdminClient subscriptions =
                        SubscriptionAdminClient.create(
                                SubscriptionAdminSettings.newBuilder()
                                        .setTransportChannelProvider(channel)
                                        .setCredentialsProvider(NoCredentialsProvider.create())
                                        .build())) {
            topics.createTopic(topic);
            subscriptions.createSubscription(
                    subscription, topic, PushConfig.getDefaultInstance(), 10);
            topics.publish(topic, List.of(message("a"), message("b")));
            List<ReceivedMessage> pulled =
                    subscriptions.pull(subscription, 10).getReceivedMessagesList();
            assertThat(pulled).hasSize(2);
            subscriptions.acknowledge(subscription, List.of(pulled.getFirst().getAckId()));
        }

        assertThat(metrics())
                .contains("slipway_local_messages_published_total{topic=\"topic\"} 2\n")
                .contains("messages_delivered_total{subscription=\"subscription\"} 2\n")
                .contains("messages_acknowledged_total{subscription=\"subscription\"} 1\n");
        awaitLine("calls_total", "owner", "pubsub", "Publisher/Publish", 200, 1);
    }

    private static PubsubMessage message(String text) {
        return PubsubMessage.newBuilder().setData(ByteString.copyFromUtf8(text)).build();
    }

    /** A call is counted just after its answer was sent. */
    private void awaitLine(
            String name, String caller, String api, String method, int status, int value) {
        String line =
                "slipway_local_%s{caller=\"%s\",api=\"%s\",method=\"%s\",status=\"%d\"} %d\n"
                        .formatted(name, caller, api, method, status, value);
        await().untilAsserted(() -> assertThat(metrics()).contains(line));
    }

    private Storage storage(Map<String, String> headers) {
        return StorageOptions.newBuilder()
                .setHost("http://127.0.0.1:" + cloud.port())
                .setProjectId("local-project")
                .setCredentials(NoCredentials.getInstance())
                .setHeaderProvider(FixedHeaderProvider.create(headers))
                .build()
                .getService();
    }

    private String metrics() throws Exception {
        try (HttpClient http = HttpClient.newHttpClient()) {
            URI uri = URI.create("http://127.0.0.1:" + cloud.port() + "/metrics");
            return http.send(HttpRequest.newBuilder(uri).build(), BodyHandlers.ofString()).body();
        }
    }
}
