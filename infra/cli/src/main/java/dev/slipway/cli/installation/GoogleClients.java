package dev.slipway.cli.installation;

import com.google.api.gax.core.CredentialsProvider;
import com.google.api.gax.core.FixedCredentialsProvider;
import com.google.api.gax.core.NoCredentialsProvider;
import com.google.api.gax.grpc.InstantiatingGrpcChannelProvider;
import com.google.api.gax.rpc.TransportChannelProvider;
import com.google.auth.Credentials;
import com.google.cloud.NoCredentials;
import com.google.cloud.ServiceOptions;
import com.google.cloud.http.HttpTransportOptions;
import com.google.cloud.pubsub.v1.SubscriptionAdminClient;
import com.google.cloud.pubsub.v1.SubscriptionAdminSettings;
import com.google.cloud.pubsub.v1.TopicAdminClient;
import com.google.cloud.pubsub.v1.TopicAdminSettings;
import com.google.cloud.storage.Storage;
import com.google.cloud.storage.StorageOptions;
import dev.slipway.ledger.google.UnlessAskedToPause;
import java.io.IOException;
import java.net.URI;
import org.jspecify.annotations.Nullable;

/**
 * Google's own clients, pointed at one cloud.
 *
 * @param storageHost where Cloud Storage is; null for Google's own
 * @param endpoint where the other APIs are, in plaintext; null for Google's own
 * @param credentials never sent to {@code storageHost} or {@code endpoint}
 */
public record GoogleClients(
        String project,
        @Nullable String storageHost,
        @Nullable String endpoint,
        Credentials credentials) {
    private static final int LOOK_MILLIS = 10_000;

    /** Those of the local cloud. */
    public GoogleClients(Endpoints endpoints) {
        this(
                endpoints.project(),
                endpoints.endpoint(),
                endpoints.endpoint(),
                NoCredentials.getInstance());
    }

    /** The client of Cloud Storage. */
    public Storage storage() {
        return storageOptions().build().getService();
    }

    /**
     * The same for looking again and again: what fails is not tried once more, because it is looked
     * at again anyway.
     */
    public Storage storageForLooks() {
        return storageOptions()
                .setRetrySettings(ServiceOptions.getNoRetrySettings())
                .setTransportOptions(
                        HttpTransportOptions.newBuilder()
                                .setConnectTimeout(LOOK_MILLIS)
                                .setReadTimeout(LOOK_MILLIS)
                                .build())
                .build()
                .getService();
    }

    private StorageOptions.Builder storageOptions() {
        StorageOptions.Builder options =
                StorageOptions.newBuilder()
                        .setProjectId(project)
                        .setStorageRetryStrategy(new UnlessAskedToPause());
        return storageHost == null
                ? options.setCredentials(credentials)
                : options.setHost(storageHost).setCredentials(NoCredentials.getInstance());
    }

    TopicAdminClient topics() throws IOException {
        return TopicAdminClient.create(
                TopicAdminSettings.newBuilder()
                        .setTransportChannelProvider(
                                channel(TopicAdminSettings.defaultGrpcTransportProviderBuilder()))
                        .setCredentialsProvider(credentialsProvider())
                        .build());
    }

    SubscriptionAdminClient subscriptions() throws IOException {
        return SubscriptionAdminClient.create(
                SubscriptionAdminSettings.newBuilder()
                        .setTransportChannelProvider(
                                channel(
                                        SubscriptionAdminSettings
                                                .defaultGrpcTransportProviderBuilder()))
                        .setCredentialsProvider(credentialsProvider())
                        .build());
    }

    /** How a client over gRPC connects. */
    public TransportChannelProvider channel(InstantiatingGrpcChannelProvider.Builder defaults) {
        return endpoint == null
                ? defaults.build()
                : defaults.setEndpoint(URI.create(endpoint).getAuthority())
                        .setChannelConfigurator(builder -> builder.usePlaintext())
                        .build();
    }

    /** What a client over gRPC sends along. */
    public CredentialsProvider credentialsProvider() {
        return endpoint == null
                ? FixedCredentialsProvider.create(credentials)
                : NoCredentialsProvider.create();
    }
}
