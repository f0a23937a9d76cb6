package dev.slipway.kit.google;

import com.google.api.client.http.HttpTransport;
import com.google.api.client.http.apache.v2.ApacheHttpTransport;
import com.google.api.gax.core.CredentialsProvider;
import com.google.api.gax.core.GoogleCredentialsProvider;
import com.google.api.gax.core.NoCredentialsProvider;
import com.google.api.gax.grpc.InstantiatingGrpcChannelProvider;
import com.google.api.gax.rpc.ClientSettings;
import com.google.api.gax.rpc.FixedHeaderProvider;
import com.google.api.gax.rpc.HeaderProvider;
import com.google.api.gax.rpc.TransportChannelProvider;
import com.google.cloud.NoCredentials;
import com.google.cloud.http.HttpTransportOptions;
import com.google.cloud.storage.Storage;
import com.google.cloud.storage.StorageOptions;
import dev.slipway.kit.SlipwayConfig;
import dev.slipway.ledger.google.UnlessAskedToPause;
import jakarta.inject.Inject;
import jakarta.inject.Singleton;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * How Google's clients reach their API: on Google Cloud with application-default credentials; on
 * the local cloud over plaintext, with this identity's token as a header, since the clients refuse
 * credentials there. Nothing else differs.
 */
@Singleton
public class GoogleAccess {
    private static final int MOST_CONNECTIONS = 256;
    private static final List<String> SCOPES =
            List.of("https://www.googleapis.com/auth/cloud-platform");

    private final SlipwayConfig config;
    private final Optional<URI> endpoint;
    private final Map<String, String> headers;

    /** Reads the token, where there is one. */
    @Inject
    public GoogleAccess(SlipwayConfig config) {
        this(
                config,
                config.endpoint(),
                config.tokenFile()
                        .map(file -> Map.of("authorization", "Bearer " + read(file)))
                        .orElse(Map.of()));
    }

    private GoogleAccess(
            SlipwayConfig config, Optional<URI> endpoint, Map<String, String> headers) {
        this.config = config;
        this.endpoint = endpoint;
        this.headers = headers;
    }

    /** How Pub/Sub is reached; its emulator knows nobody and is shown no token. */
    public GoogleAccess toPubSub() {
        return config.pubsubEndpoint()
                .map(emulator -> new GoogleAccess(config, Optional.of(emulator), Map.of()))
                .orElse(this);
    }

    private static String read(Path file) {
        try {
            return Files.readString(file).strip();
        } catch (IOException e) {
            throw new UncheckedIOException("slipway.token-file cannot be read: " + file, e);
        }
    }

    /** The channel of a gRPC client. */
    public TransportChannelProvider channel(InstantiatingGrpcChannelProvider.Builder defaults) {
        endpoint.ifPresent(
                local ->
                        defaults.setEndpoint(local.getAuthority())
                                .setChannelConfigurator(builder -> builder.usePlaintext()));
        return defaults.build();
    }

    /**
     * The settings of a gRPC client, so that it reaches its API as who we are.
     *
     * @param channel the client's own defaults for its channel
     */
    public <B extends ClientSettings.Builder<?, B>> B reaching(
            B settings, InstantiatingGrpcChannelProvider.Builder channel) {
        return settings.setTransportChannelProvider(channel(channel))
                .setCredentialsProvider(credentials())
                .setHeaderProvider(headers());
    }

    /** What every call carries besides. */
    public HeaderProvider headers() {
        return FixedHeaderProvider.create(headers);
    }

    /** Who calls. */
    public CredentialsProvider credentials() {
        return endpoint.isPresent()
                ? NoCredentialsProvider.create()
                : GoogleCredentialsProvider.newBuilder().setScopesToApply(SCOPES).build();
    }

    /** The local cloud, if that is where we are. */
    public Optional<URI> endpoint() {
        return endpoint;
    }

    /**
     * The client of Cloud Storage. Its default transport keeps five idle connections at the most
     * and opens the others anew each time.
     */
    public Storage storage() {
        HttpTransport transport =
                new ApacheHttpTransport(
                        ApacheHttpTransport.newDefaultHttpClientBuilder()
                                .setMaxConnTotal(MOST_CONNECTIONS)
                                .setMaxConnPerRoute(MOST_CONNECTIONS)
                                .build());
        StorageOptions.Builder options =
                StorageOptions.newBuilder()
                        .setProjectId(config.project())
                        .setHeaderProvider(headers())
                        .setStorageRetryStrategy(new UnlessAskedToPause())
                        .setTransportOptions(
                                HttpTransportOptions.newBuilder()
                                        .setHttpTransportFactory(() -> transport)
                                        .build());
        endpoint.ifPresent(
                local ->
                        options.setHost(local.toString())
                                .setCredentials(NoCredentials.getInstance()));
        return options.build().getService();
    }
}
