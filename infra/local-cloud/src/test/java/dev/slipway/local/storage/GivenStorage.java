package dev.slipway.local.storage;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.google.api.gax.retrying.RetrySettings;
import com.google.api.gax.rpc.FixedHeaderProvider;
import com.google.cloud.NoCredentials;
import com.google.cloud.storage.Storage;
import com.google.cloud.storage.StorageOptions;
import com.google.pubsub.v1.PubsubMessage;
import com.linecorp.armeria.server.Server;
import com.linecorp.armeria.server.ServerBuilder;
import dev.slipway.contracts.Topology;
import dev.slipway.local.Callers;
import dev.slipway.local.Settings;
import dev.slipway.local.State;
import dev.slipway.local.Topics;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;

/** Cloud Storage alone on a free port, a clock that can be moved, and the messages it published. */
final class GivenStorage implements AutoCloseable {
    /** One message that a topic took. */
    record Published(String topic, PubsubMessage message) {}

    final List<Published> published = new CopyOnWriteArrayList<>();
    final Settings settings;
    private final Path home;
    private final HttpClient http = HttpClient.newHttpClient();
    private final InstantSource clock = () -> Instant.now().plus(this.ahead);
    private volatile Duration ahead = Duration.ZERO;
    private volatile boolean topicsFail;
    private State state;
    private CloudStorage storage;
    private Server server;

    GivenStorage(Path home) {
        this.home = home;
        this.settings = Settings.defaults(home);
        start();
    }

    private void start() {
        state = new State(home.resolve("cloud"));
        Callers callers =
                new Callers(home, Topology.of(settings.project(), settings.installation()));
        Topics topics =
                (topic, message) -> {
                    if (topicsFail) {
                        throw new IllegalStateException("the topic does not take it now");
                    }
                    published.add(new Published(topic, message));
                };
        storage = new CloudStorage(state, settings, callers, topics, clock);
        ServerBuilder builder =
                Server.builder()
                        .http(0)
                        .maxRequestLength(0)
                        .requestTimeoutMillis(0)
                        .gracefulShutdownTimeoutMillis(0, 0)
                        .decorator(callers);
        storage.addTo(builder);
        server = builder.build();
        server.start().join();
        storage.started(server.activeLocalPort());
    }

    private void stop() {
        server.stop().join();
        storage.close();
        state.close();
    }

    void restart() {
        stop();
        start();
    }

    void topicsFail(boolean fail) {
        topicsFail = fail;
    }

    void move(Duration further) {
        ahead = ahead.plus(further);
    }

    CloudStorage api() {
        return storage;
    }

    String endpoint() {
        return "http://127.0.0.1:" + server.activeLocalPort();
    }

    /** Google's client, as the owner. */
    Storage client() {
        return client(Map.of());
    }

    /** Google's client, as an identity of the topology. */
    Storage clientOf(String identity) {
        try {
            Files.createDirectories(home.resolve("tokens"));
            Files.writeString(home.resolve("tokens").resolve(identity), "token-of-" + identity);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return client(Map.of("authorization", "Bearer token-of-" + identity));
    }

    private Storage client(Map<String, String> headers) {
        return StorageOptions.newBuilder()
                .setHost(endpoint())
                .setProjectId(settings.project())
                .setCredentials(NoCredentials.getInstance())
                .setHeaderProvider(FixedHeaderProvider.create(headers))
                .setRetrySettings(RetrySettings.newBuilder().setMaxAttempts(1).build())
                .build()
                .getService();
    }

    /** A plain request; {@code headers} are names and values in turn. */
    HttpResponse<String> http(String method, String path, String body, String... headers) {
        HttpRequest.Builder request =
                HttpRequest.newBuilder(
                                URI.create(path.startsWith("http") ? path : endpoint() + path))
                        .method(
                                method,
                                body.isEmpty()
                                        ? HttpRequest.BodyPublishers.noBody()
                                        : HttpRequest.BodyPublishers.ofString(body));
        if (headers.length > 0) {
            request.headers(headers);
        }
        try {
            return http.send(request.build(), BodyHandlers.ofString(UTF_8));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        }
    }

    @Override
    public void close() {
        http.close();
        stop();
    }
}
