package dev.slipway.cli.installation;

import com.google.api.gax.core.NoCredentialsProvider;
import com.google.api.gax.grpc.InstantiatingGrpcChannelProvider;
import com.google.api.gax.rpc.TransportChannelProvider;
import com.google.cloud.NoCredentials;
import com.google.cloud.pubsub.v1.SubscriptionAdminClient;
import com.google.cloud.pubsub.v1.SubscriptionAdminSettings;
import com.google.cloud.pubsub.v1.TopicAdminClient;
import com.google.cloud.pubsub.v1.TopicAdminSettings;
import com.google.cloud.storage.Storage;
import com.google.cloud.storage.StorageOptions;
import java.io.IOException;
import java.net.URI;

/** Google's own clients, pointed at the local cloud; without a token they act as the owner. */
public record GoogleClients(Endpoints endpoints) {
    /** The client of Cloud Storage. */
    public Storage storage() {
        return StorageOptions.newBuilder()
                .setHost(endpoints.endpoint())
                .setProjectId(endpoints.project())
                .setCredentials(NoCredentials.getInstance())
                .build()
                .getService();
    }

    TopicAdminClient topics() throws IOException {
        return TopicAdminClient.create(
                TopicAdminSettings.newBuilder()
                        .setTransportChannelProvider(
                                channel(TopicAdminSettings.defaultGrpcTransportProviderBuilder()))
                        .setCredentialsProvider(NoCredentialsProvider.create())
                        .build());
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

    private TransportChannelProvider channel(InstantiatingGrpcChannelProvider.Builder defaults) {
        return defaults.setEndpoint(URI.create(endpoints.endpoint()).getAuthority())
                .setChannelConfigurator(builder -> builder.usePlaintext())
                .build();
    }
}
