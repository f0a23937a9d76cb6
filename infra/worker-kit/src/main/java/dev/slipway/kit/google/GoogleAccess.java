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
    private final Map<String, String> headers;

    /** Reads the token, where there is one. */
    public GoogleAccess(SlipwayConfig config) {
        this.config = config;
        this.headers =
                config.tokenFile()
                        .map(file -> Map.of("authorization", "Bearer " + read(file)))
                        .orElse(Map.of());
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
        config.endpoint()
                .ifPresent(
                        endpoint ->
                                defaults.setEndpoint(endpoint.getAuthority())
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
        return config.endpoint().isPresent()
                ? NoCredentialsProvider.create()
                : GoogleCredentialsProvider.newBuilder().setScopesToApply(SCOPES).build();
    }

    /** The local cloud, if that is where we are. */
    public Optional<URI> endpoint() {
        return config.endpoint();
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
        config.endpoint()
                .ifPresent(
                        endpoint ->
                                options.setHost(endpoint.toString())
                                        .setCredentials(NoCredentials.getInstance()));
        return options.build().getService();
    }
}
