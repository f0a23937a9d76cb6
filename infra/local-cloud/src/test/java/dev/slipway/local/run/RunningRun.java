package dev.slipway.local.run;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.google.api.gax.core.NoCredentialsProvider;
import com.google.api.gax.grpc.GrpcTransportChannel;
import com.google.api.gax.longrunning.OperationTimedPollAlgorithm;
import com.google.api.gax.retrying.RetrySettings;
import com.google.api.gax.rpc.FixedTransportChannelProvider;
import com.google.cloud.run.v2.Container;
import com.google.cloud.run.v2.EnvVar;
import com.google.cloud.run.v2.Revision;
import com.google.cloud.run.v2.RevisionTemplate;
import com.google.cloud.run.v2.RevisionsClient;
import com.google.cloud.run.v2.RevisionsSettings;
import com.google.cloud.run.v2.Service;
import com.google.cloud.run.v2.ServicesClient;
import com.google.cloud.run.v2.ServicesSettings;
import com.google.cloud.run.v2.TrafficTarget;
import com.google.cloud.run.v2.TrafficTargetAllocationType;
import com.linecorp.armeria.server.Server;
import com.linecorp.armeria.server.ServerBuilder;
import dev.slipway.contracts.Json;
import dev.slipway.contracts.Topology;
import dev.slipway.local.Callers;
import dev.slipway.local.Operations;
import dev.slipway.local.Settings;
import dev.slipway.local.State;
import dev.slipway.local.identity.IdTokens;
import io.grpc.ManagedChannel;
import io.grpc.ManagedChannelBuilder;
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
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;

/** Cloud Run on a port of its own, and Google's clients for it. */
final class RunningRun implements AutoCloseable {
    static final String PARENT = "projects/local-project/locations/europe-west1";
    static final Duration STARTUP = Duration.ofSeconds(20);
    static final Duration IDLE = Duration.ofMinutes(1);

    private final State state;
    private final CloudRun run;
    private final Server server;
    private final ManagedChannel channel;
    private final HttpClient http = HttpClient.newHttpClient();
    final IdTokens tokens;
    final ServicesClient services;
    final RevisionsClient revisions;

    RunningRun(Path home, TestImages images, Duration startupTimeout, Duration idleTimeout)
            throws IOException {
        Settings usual = Settings.defaults(home);
        Settings settings =
                new Settings(
                        home,
                        0,
                        usual.project(),
                        usual.projectNumber(),
                        usual.installation(),
                        usual.regions(),
                        1,
                        0,
                        startupTimeout,
                        idleTimeout,
                        false,
                        false);
        Callers callers = new Callers(home, Topology.of(usual.project(), usual.installation()));
        Operations operations = new Operations();
        this.state = new State(home.resolve("cloud"));
        this.tokens = new IdTokens(state, InstantSource.system());
        this.run = new CloudRun(settings, state, callers, tokens, operations, images);
        operations.register(run);
        ServerBuilder builder =
                Server.builder()
                        .http(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0))
                        .requestTimeoutMillis(0)
                        .decorator(callers);
        operations.addTo(builder);
        run.addTo(builder);
        this.server = builder.build();
        server.start().join();
        run.started(port());
        this.channel = ManagedChannelBuilder.forAddress("127.0.0.1", port()).usePlaintext().build();
        this.services = servicesClient();
        this.revisions = revisionsClient();
    }

    int port() {
        return server.activeLocalPort();
    }

    private static OperationTimedPollAlgorithm often() {
        return OperationTimedPollAlgorithm.create(
                RetrySettings.newBuilder()
                        .setInitialRetryDelayDuration(Duration.ofMillis(20))
                        .setRetryDelayMultiplier(1)
                        .setMaxRetryDelayDuration(Duration.ofMillis(20))
                        .setTotalTimeoutDuration(Duration.ofMinutes(1))
                        .build());
    }

    private ServicesClient servicesClient() throws IOException {
        ServicesSettings.Builder settings = ServicesSettings.newBuilder();
        settings.setCredentialsProvider(NoCredentialsProvider.create());
        settings.setTransportChannelProvider(transport());
        settings.createServiceOperationSettings().setPollingAlgorithm(often());
        settings.updateServiceOperationSettings().setPollingAlgorithm(often());
        settings.deleteServiceOperationSettings().setPollingAlgorithm(often());
        return ServicesClient.create(settings.build());
    }

    private RevisionsClient revisionsClient() throws IOException {
        RevisionsSettings.Builder settings = RevisionsSettings.newBuilder();
        settings.setCredentialsProvider(NoCredentialsProvider.create());
        settings.setTransportChannelProvider(transport());
        settings.deleteRevisionOperationSettings().setPollingAlgorithm(often());
        return RevisionsClient.create(settings.build());
    }

    private FixedTransportChannelProvider transport() {
        return FixedTransportChannelProvider.create(GrpcTransportChannel.create(channel));
    }

    static Service of(String image, Map<String, String> environment) {
        return Service.newBuilder().setTemplate(template("", image, environment)).build();
    }

    static RevisionTemplate template(
            String revision, String image, Map<String, String> environment) {
        Container.Builder container = Container.newBuilder().setImage(image);
        environment.forEach(
                (name, value) ->
                        container.addEnv(EnvVar.newBuilder().setName(name).setValue(value)));
        return RevisionTemplate.newBuilder().setRevision(revision).addContainers(container).build();
    }

    static TrafficTarget to(String revision, int percent) {
        return TrafficTarget.newBuilder()
                .setType(TrafficTargetAllocationType.TRAFFIC_TARGET_ALLOCATION_TYPE_REVISION)
                .setRevision(revision)
                .setPercent(percent)
                .build();
    }

    static String name(String id) {
        return PARENT + "/services/" + id;
    }

    Service create(String id, Service service) throws Exception {
        return services.createServiceAsync(PARENT, service, id).get();
    }

    Service update(Service service) throws Exception {
        return services.updateServiceAsync(service).get();
    }

    Service get(String id) {
        return services.getService(name(id));
    }

    Revision revision(String service, String id) {
        return revisions.getRevision(name(service) + "/revisions/" + id);
    }

    /** What the test image's server answers. */
    JsonNode call(Service service, String path) throws Exception {
        HttpResponse<String> answer = send("GET", URI.create(service.getUri() + path), "");
        assertThat(answer.statusCode()).as(answer.body()).isEqualTo(200);
        return Json.read(answer.body().getBytes(UTF_8), JsonNode.class);
    }

    HttpResponse<String> send(String method, URI uri, String body, String... headers)
            throws Exception {
        HttpRequest.Builder request =
                HttpRequest.newBuilder(uri).method(method, BodyPublishers.ofString(body));
        for (String[] header : pairs(headers)) {
            request.header(header[0], header[1]);
        }
        return http.send(request.build(), BodyHandlers.ofString());
    }

    private static String[][] pairs(String... headers) {
        String[][] pairs = new String[headers.length / 2][];
        for (int i = 0; i < pairs.length; i++) {
            pairs[i] = new String[] {headers[2 * i], headers[2 * i + 1]};
        }
        return pairs;
    }

    URI rest(String path) {
        return URI.create("http://localhost:" + port() + "/run/v2/" + path);
    }

    /** Ends as a killed local cloud does: what it started goes on. */
    void abandon() {
        disconnect();
        state.close();
    }

    private void disconnect() {
        services.close();
        revisions.close();
        channel.shutdownNow();
        http.close();
        Fronts.stop(List.of(server));
    }

    @Override
    public void close() {
        disconnect();
        run.close();
        state.close();
    }
}
