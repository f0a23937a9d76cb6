package dev.slipway.local.eventarc;

import com.google.api.gax.core.NoCredentialsProvider;
import com.google.api.gax.grpc.GrpcTransportChannel;
import com.google.api.gax.longrunning.OperationTimedPollAlgorithm;
import com.google.api.gax.retrying.RetrySettings;
import com.google.api.gax.rpc.FixedTransportChannelProvider;
import com.google.api.gax.rpc.StatusCode;
import com.google.cloud.NoCredentials;
import com.google.cloud.eventarc.v1.EventFilter;
import com.google.cloud.eventarc.v1.EventarcClient;
import com.google.cloud.eventarc.v1.EventarcSettings;
import com.google.cloud.eventarc.v1.Trigger;
import com.google.cloud.pubsub.v1.SubscriptionAdminClient;
import com.google.cloud.pubsub.v1.SubscriptionAdminSettings;
import com.google.cloud.pubsub.v1.TopicAdminClient;
import com.google.cloud.pubsub.v1.TopicAdminSettings;
import com.google.cloud.storage.BucketInfo;
import com.google.cloud.storage.Storage;
import com.google.cloud.storage.StorageOptions;
import com.linecorp.armeria.server.Server;
import com.linecorp.armeria.server.ServerBuilder;
import dev.slipway.contracts.Topology;
import dev.slipway.local.Api;
import dev.slipway.local.Callers;
import dev.slipway.local.Operations;
import dev.slipway.local.ServiceUrls;
import dev.slipway.local.Settings;
import dev.slipway.local.State;
import dev.slipway.local.identity.IdTokens;
import dev.slipway.local.pubsub.PubSub;
import dev.slipway.local.storage.CloudStorage;
import io.grpc.ManagedChannel;
import io.grpc.ManagedChannelBuilder;
import io.grpc.Metadata;
import io.grpc.stub.MetadataUtils;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutionException;

/**
 * Eventarc over the real Pub/Sub and Cloud Storage, with Google's clients. In Cloud Run's place
 * stands a table of URLs, so that a test sees every byte that a service would.
 */
final class GivenEventarc implements AutoCloseable {
    static final String PROJECT = "local-project";
    static final String PARENT = "projects/" + PROJECT + "/locations/europe-west1";
    static final String ACCOUNT = "slipway-trigger@local-project.iam.gserviceaccount.com";

    /** URLs by {@code REGION/SERVICE}. */
    static final class Services implements ServiceUrls {
        final Map<String, String> urls = new ConcurrentHashMap<>();

        @Override
        public Optional<String> url(String region, String service) {
            return Optional.ofNullable(urls.get(region + "/" + service));
        }
    }

    final Services services = new Services();
    private final State state;
    private final List<Api> apis;
    private final Server server;
    private final List<ManagedChannel> channels = new ArrayList<>();
    final EventarcClient eventarc;
    final TopicAdminClient topics;
    final SubscriptionAdminClient subscriptions;
    final Storage storage;

    GivenEventarc(Path home, Map<String, String> urls) throws IOException {
        services.urls.putAll(urls);
        Settings settings = Settings.defaults(home);
        state = new State(home.resolve("cloud"));
        Callers callers = new Callers(home, Topology.of(PROJECT, settings.installation()));
        IdTokens tokens = new IdTokens(state, InstantSource.system());
        PubSub pubSub = new PubSub(state, settings, callers, tokens);
        CloudStorage buckets = new CloudStorage(state, settings, callers, pubSub);
        Eventarc triggers = new Eventarc(settings, state, callers, pubSub, buckets, services);
        Operations operations = new Operations();
        operations.register(triggers);
        apis = List.of(operations, tokens, buckets, triggers, pubSub);
        ServerBuilder builder =
                Server.builder()
                        .http(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0))
                        .requestTimeoutMillis(0)
                        .decorator(callers);
        apis.forEach(api -> api.addTo(builder));
        server = builder.build();
        server.start().join();
        apis.forEach(api -> api.started(port()));
        eventarc = client("");
        topics = TopicAdminClient.create(topicSettings());
        subscriptions = SubscriptionAdminClient.create(subscriptionSettings());
        storage =
                StorageOptions.newBuilder()
                        .setHost("http://127.0.0.1:" + port())
                        .setProjectId(PROJECT)
                        .setCredentials(NoCredentials.getInstance())
                        .build()
                        .getService();
    }

    int port() {
        return server.activeLocalPort();
    }

    /** One for the identity of this token; empty acts as the owner. */
    EventarcClient client(String token) throws IOException {
        EventarcSettings.Builder settings = EventarcSettings.newBuilder();
        settings.setCredentialsProvider(NoCredentialsProvider.create());
        settings.setTransportChannelProvider(transport(token));
        OperationTimedPollAlgorithm often =
                OperationTimedPollAlgorithm.create(
                        RetrySettings.newBuilder()
                                .setInitialRetryDelayDuration(Duration.ofMillis(10))
                                .setMaxRetryDelayDuration(Duration.ofMillis(10))
                                .setTotalTimeoutDuration(Duration.ofSeconds(20))
                                .build());
        settings.createTriggerOperationSettings().setPollingAlgorithm(often);
        settings.updateTriggerOperationSettings().setPollingAlgorithm(often);
        settings.deleteTriggerOperationSettings().setPollingAlgorithm(often);
        return EventarcClient.create(settings.build());
    }

    private TopicAdminSettings topicSettings() throws IOException {
        return TopicAdminSettings.newBuilder()
                .setCredentialsProvider(NoCredentialsProvider.create())
                .setTransportChannelProvider(transport(""))
                .build();
    }

    private SubscriptionAdminSettings subscriptionSettings() throws IOException {
        return SubscriptionAdminSettings.newBuilder()
                .setCredentialsProvider(NoCredentialsProvider.create())
                .setTransportChannelProvider(transport(""))
                .build();
    }

    private FixedTransportChannelProvider transport(String token) {
        Metadata headers = new Metadata();
        if (!token.isEmpty()) {
            headers.put(
                    Metadata.Key.of("authorization", Metadata.ASCII_STRING_MARSHALLER),
                    "Bearer " + token);
        }
        ManagedChannel channel =
                ManagedChannelBuilder.forAddress("127.0.0.1", port())
                        .usePlaintext()
                        .intercept(MetadataUtils.newAttachHeadersInterceptor(headers))
                        .build();
        channels.add(channel);
        return FixedTransportChannelProvider.create(GrpcTransportChannel.create(channel));
    }

    /** A trigger of this type to a service {@code hello} in europe-west1. */
    static Trigger.Builder trigger(String type) {
        Trigger.Builder trigger = Trigger.newBuilder().setServiceAccount(ACCOUNT);
        trigger.getDestinationBuilder()
                .getCloudRunBuilder()
                .setService("hello")
                .setRegion("europe-west1");
        return trigger.addEventFilters(filter("type", type));
    }

    static EventFilter filter(String attribute, String value) {
        return EventFilter.newBuilder().setAttribute(attribute).setValue(value).build();
    }

    static Trigger.Builder ofTopic(String topic) {
        Trigger.Builder trigger = trigger(EventKind.PUBLISHED);
        trigger.getTransportBuilder().getPubsubBuilder().setTopic(topic);
        return trigger;
    }

    static Trigger.Builder ofBucket(String bucket, String event) {
        return trigger("google.cloud.storage.object.v1." + event)
                .addEventFilters(filter("bucket", bucket));
    }

    Trigger create(String id, Trigger.Builder trigger) throws Exception {
        return eventarc.createTriggerAsync(PARENT, trigger.build(), id).get();
    }

    void bucket(String name) {
        storage.create(BucketInfo.newBuilder(name).setLocation("europe-west1").build());
    }

    static String topic(String id) {
        return "projects/" + PROJECT + "/topics/" + id;
    }

    static StatusCode.Code code(ExecutionException e) {
        return e.getCause() instanceof com.google.api.gax.rpc.ApiException api
                ? api.getStatusCode().getCode()
                : StatusCode.Code.UNKNOWN;
    }

    static void token(Path home, String identity, String token) throws IOException {
        Files.writeString(Files.createDirectories(home.resolve("tokens")).resolve(identity), token);
    }

    @Override
    public void close() {
        eventarc.close();
        topics.close();
        subscriptions.close();
        channels.forEach(ManagedChannel::shutdownNow);
        var _ = server.stop();
        apis.reversed().forEach(Api::close);
        state.close();
    }
}
