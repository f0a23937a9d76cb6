package dev.slipway.local.artifacts;

import com.google.devtools.artifactregistry.v1.CreateRepositoryRequest;
import com.google.devtools.artifactregistry.v1.Repository;
import com.linecorp.armeria.server.Server;
import com.linecorp.armeria.server.ServerBuilder;
import dev.slipway.contracts.Topology;
import dev.slipway.local.Callers;
import dev.slipway.local.Settings;
import dev.slipway.local.State;
import io.grpc.stub.StreamObserver;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Path;

/** A registry that listens, on a state in a directory of the test's. */
final class RunningRegistry implements AutoCloseable {
    static final String PARENT = "projects/local-project/locations/europe-west1";
    static final String REPOSITORY = "europe-west1-docker.pkg.dev/local-project/images";
    static final String IMAGE = REPOSITORY + "/hello";

    private final State state;
    private final Server server;
    private final Artifacts artifacts;
    private final HttpClient http = HttpClient.newHttpClient();

    RunningRegistry(Path home) {
        Settings settings = Settings.defaults(home);
        Callers callers =
                new Callers(home, Topology.of(settings.project(), settings.installation()));
        this.state = new State(home.resolve("cloud"));
        this.artifacts = new Artifacts(settings, state, callers);
        ServerBuilder builder =
                Server.builder()
                        .http(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0))
                        .requestTimeoutMillis(0)
                        .maxRequestLength(0)
                        .decorator(callers);
        artifacts.addTo(builder);
        this.server = builder.build();
        server.start().join();
    }

    Artifacts artifacts() {
        return artifacts;
    }

    String host() {
        return "127.0.0.1:" + server.activeLocalPort();
    }

    /** Makes the repository {@code images}. */
    RunningRegistry withRepository() {
        artifacts
                .calls()
                .createRepository(
                        CreateRepositoryRequest.newBuilder()
                                .setParent(PARENT)
                                .setRepositoryId("images")
                                .setRepository(
                                        Repository.newBuilder().setFormat(Repository.Format.DOCKER))
                                .build(),
                        new Ignored<>());
        return this;
    }

    HttpResponse<byte[]> send(String method, String path, byte[] body, String... headers)
            throws IOException, InterruptedException {
        HttpRequest.Builder request =
                HttpRequest.newBuilder(URI.create("http://" + host()).resolve(path))
                        .method(
                                method,
                                body.length == 0
                                        ? BodyPublishers.noBody()
                                        : BodyPublishers.ofByteArray(body));
        if (headers.length > 0) {
            request.headers(headers);
        }
        return http.send(request.build(), BodyHandlers.ofByteArray());
    }

    @Override
    public void close() {
        http.close();
        var _ = server.stop(); // its threads rest for two seconds before they end; nothing waits
        // for them
        artifacts.close();
        state.close();
    }

    private static final class Ignored<T> implements StreamObserver<T> {
        @Override
        public void onNext(T value) {}

        @Override
        public void onError(Throwable failure) {
            throw new AssertionError(failure);
        }

        @Override
        public void onCompleted() {}
    }
}
