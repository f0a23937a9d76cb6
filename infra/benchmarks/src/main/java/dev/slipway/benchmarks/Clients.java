package dev.slipway.benchmarks;

import com.google.api.client.http.apache.v2.ApacheHttpTransport;
import com.google.api.gax.batching.BatchingSettings;
import com.google.api.gax.batching.FlowControlSettings;
import com.google.api.gax.core.NoCredentialsProvider;
import com.google.api.gax.grpc.InstantiatingGrpcChannelProvider;
import com.google.api.gax.rpc.TransportChannelProvider;
import com.google.cloud.NoCredentials;
import com.google.cloud.devtools.cloudbuild.v1.CloudBuildClient;
import com.google.cloud.devtools.cloudbuild.v1.CloudBuildSettings;
import com.google.cloud.http.HttpTransportOptions;
import com.google.cloud.pubsub.v1.MessageReceiver;
import com.google.cloud.pubsub.v1.Publisher;
import com.google.cloud.pubsub.v1.Subscriber;
import com.google.cloud.pubsub.v1.SubscriptionAdminClient;
import com.google.cloud.pubsub.v1.SubscriptionAdminSettings;
import com.google.cloud.pubsub.v1.TopicAdminSettings;
import com.google.cloud.run.v2.BuildsClient;
import com.google.cloud.run.v2.BuildsSettings;
import com.google.cloud.run.v2.RevisionsClient;
import com.google.cloud.run.v2.RevisionsSettings;
import com.google.cloud.run.v2.ServicesClient;
import com.google.cloud.run.v2.ServicesSettings;
import com.google.cloud.storage.Storage;
import com.google.cloud.storage.StorageOptions;
import com.google.pubsub.v1.ProjectSubscriptionName;
import com.google.pubsub.v1.TopicName;
import java.io.IOException;

/** Google's own clients of the local cloud, set up as the workers set theirs up. */
final class Clients {
    private static final int MOST_CONNECTIONS = 200;

    private final Cloud cloud;

    Clients(Cloud cloud) {
        this.cloud = cloud;
    }

    Storage storage() {
        ApacheHttpTransport transport =
                new ApacheHttpTransport(
                        ApacheHttpTransport.newDefaultHttpClientBuilder()
                                .setMaxConnTotal(MOST_CONNECTIONS)
                                .setMaxConnPerRoute(MOST_CONNECTIONS)
                                .build());
        return StorageOptions.newBuilder()
                .setHost(cloud.endpoint().toString())
                .setProjectId(cloud.project())
                .setCredentials(NoCredentials.getInstance())
                .setTransportOptions(
                        HttpTransportOptions.newBuilder()
                                .setHttpTransportFactory(() -> transport)
                                .build())
                .build()
                .getService();
    }

    SubscriptionAdminClient subscriptions() throws IOException {
        return SubscriptionAdminClient.create(
                SubscriptionAdminSettings.newBuilder()
                        .setTransportChannelProvider(
                                channel(
                                        SubscriptionAdminSettings
                                                .defaultGrpcTransportProviderBuilder()))
                        .setCredentialsProvider(NoCredentialsProvider.create())
                        .build());
    }

    Publisher publisher(String topic) throws IOException {
        return Publisher.newBuilder(TopicName.of(cloud.project(), topic))
                .setChannelProvider(
                        channel(TopicAdminSettings.defaultGrpcTransportProviderBuilder()))
                .setCredentialsProvider(NoCredentialsProvider.create())
                .setBatchingSettings(BatchingSettings.newBuilder().setIsEnabled(false).build())
                .build();
    }

    Subscriber subscriber(String subscription, long inHand, MessageReceiver receiver) {
        return Subscriber.newBuilder(
                        ProjectSubscriptionName.of(cloud.project(), subscription), receiver)
                .setChannelProvider(
                        channel(SubscriptionAdminSettings.defaultGrpcTransportProviderBuilder()))
                .setCredentialsProvider(NoCredentialsProvider.create())
                .setFlowControlSettings(
                        FlowControlSettings.newBuilder()
                                .setMaxOutstandingElementCount(inHand)
                                .build())
                .build();
    }

    CloudBuildClient builds() throws IOException {
        return CloudBuildClient.create(
                CloudBuildSettings.newBuilder()
                        .setTransportChannelProvider(
                                channel(CloudBuildSettings.defaultGrpcTransportProviderBuilder()))
                        .setCredentialsProvider(NoCredentialsProvider.create())
                        .build());
    }

    BuildsClient submissions() throws IOException {
        return BuildsClient.create(
                BuildsSettings.newBuilder()
                        .setTransportChannelProvider(
                                channel(BuildsSettings.defaultGrpcTransportProviderBuilder()))
                        .setCredentialsProvider(NoCredentialsProvider.create())
                        .build());
    }

    ServicesClient services() throws IOException {
        return ServicesClient.create(
                ServicesSettings.newBuilder()
                        .setTransportChannelProvider(
                                channel(ServicesSettings.defaultGrpcTransportProviderBuilder()))
                        .setCredentialsProvider(NoCredentialsProvider.create())
                        .build());
    }

    RevisionsClient revisions() throws IOException {
        return RevisionsClient.create(
                RevisionsSettings.newBuilder()
                        .setTransportChannelProvider(
                                channel(RevisionsSettings.defaultGrpcTransportProviderBuilder()))
                        .setCredentialsProvider(NoCredentialsProvider.create())
                        .build());
    }

    private TransportChannelProvider channel(InstantiatingGrpcChannelProvider.Builder defaults) {
        return defaults.setEndpoint(cloud.endpoint().getAuthority())
                .setChannelConfigurator(builder -> builder.usePlaintext())
                .build();
    }
}
