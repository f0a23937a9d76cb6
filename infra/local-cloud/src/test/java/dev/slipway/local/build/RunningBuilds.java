package dev.slipway.local.build;

import com.google.api.gax.core.NoCredentialsProvider;
import com.google.api.gax.grpc.InstantiatingGrpcChannelProvider;
import com.google.api.gax.rpc.FixedHeaderProvider;
import com.google.cloud.devtools.cloudbuild.v1.CloudBuildClient;
import com.google.cloud.devtools.cloudbuild.v1.CloudBuildSettings;
import com.google.cloud.run.v2.BuildsClient;
import com.google.cloud.run.v2.BuildsSettings;
import com.google.cloud.run.v2.StorageSource;
import com.google.cloud.run.v2.SubmitBuildRequest;
import com.google.cloud.run.v2.SubmitBuildRequest.BuildpacksBuild;
import com.google.cloudbuild.v1.Build;
import com.google.cloudbuild.v1.BuildOperationMetadata;
import com.google.devtools.artifactregistry.v1.ArtifactRegistryClient;
import com.google.devtools.artifactregistry.v1.ArtifactRegistrySettings;
import com.google.devtools.artifactregistry.v1.LocationName;
import com.google.devtools.artifactregistry.v1.Repository;
import com.google.protobuf.InvalidProtocolBufferException;
import com.google.pubsub.v1.PubsubMessage;
import com.linecorp.armeria.server.Server;
import com.linecorp.armeria.server.ServerBuilder;
import dev.slipway.contracts.Topology;
import dev.slipway.local.Callers;
import dev.slipway.local.Operations;
import dev.slipway.local.Settings;
import dev.slipway.local.State;
import dev.slipway.local.artifacts.Artifacts;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import org.awaitility.Awaitility;

/** Cloud Build and a registry that listen, with Google's own clients. */
final class RunningBuilds implements AutoCloseable {
    static final String PARENT = "projects/local-project/locations/europe-west1";
    static final String IMAGE =
            "europe-west1-docker.pkg.dev/local-project/cloud-run-source-deploy/hello";

    final KeptObjects objects;
    final List<PubsubMessage> published = new CopyOnWriteArrayList<>();
    final Artifacts artifacts;
    final BuildsClient submissions;
    final CloudBuildClient builds;
    private final State state;
    private final CloudBuild cloudBuild;
    private final Server server;
    private final HttpClient http = HttpClient.newHttpClient();

    RunningBuilds(
            Settings settings, KeptObjects objects, Map<String, String> host, TimeLimits limits)
            throws Exception {
        this.objects = objects;
        this.state = new State(settings.home().resolve("cloud"));
        Callers callers =
                new Callers(
                        settings.home(), Topology.of(settings.project(), settings.installation()));
        Operations operations = new Operations();
        this.artifacts = new Artifacts(settings, state, callers);
        operations.register(artifacts);
        this.cloudBuild =
                new CloudBuild(
                        settings,
                        state,
                        callers,
                        operations,
                        objects,
                        (topic, message) -> publish(topic, message),
                        image -> "sha256:" + "0".repeat(64),
                        host,
                        limits,
                        InstantSource.system());
        this.server = serve(callers, operations);
        cloudBuild.started(server.activeLocalPort());
        this.submissions = submissions("");
        this.builds =
                CloudBuildClient.create(
                        CloudBuildSettings.newBuilder()
                                .setTransportChannelProvider(
                                        plain(
                                                CloudBuildSettings
                                                        .defaultGrpcTransportProviderBuilder()))
                                .setCredentialsProvider(NoCredentialsProvider.create())
                                .build());
        makeRepository();
    }

    private void publish(String topic, PubsubMessage message) {
        if (!topic.equals("projects/local-project/topics/cloud-builds")) {
            throw new AssertionError(topic);
        }
        published.add(message);
    }

    private Server serve(Callers callers, Operations operations) {
        ServerBuilder builder =
                Server.builder()
                        .http(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0))
                        .requestTimeoutMillis(0)
                        .maxRequestLength(0)
                        .decorator(callers);
        operations.addTo(builder);
        artifacts.addTo(builder);
        cloudBuild.addTo(builder);
        Server built = builder.build();
        built.start().join();
        return built;
    }

    /** A client of an identity; an empty token is the owner's. */
    BuildsClient submissions(String token) throws IOException {
        return BuildsClient.create(
                BuildsSettings.newBuilder()
                        .setTransportChannelProvider(
                                plain(BuildsSettings.defaultGrpcTransportProviderBuilder()))
                        .setCredentialsProvider(NoCredentialsProvider.create())
                        .setHeaderProvider(
                                FixedHeaderProvider.create(
                                        token.isEmpty()
                                                ? Map.of()
                                                : Map.of("authorization", "Bearer " + token)))
                        .build());
    }

    private InstantiatingGrpcChannelProvider plain(
            InstantiatingGrpcChannelProvider.Builder builder) {
        return builder.setEndpoint("127.0.0.1:" + port())
                .setChannelConfigurator(channel -> channel.usePlaintext())
                .build();
    }

    private void makeRepository() throws Exception {
        try (ArtifactRegistryClient registry =
                ArtifactRegistryClient.create(
                        ArtifactRegistrySettings.newBuilder()
                                .setTransportChannelProvider(
                                        plain(
                                                ArtifactRegistrySettings
                                                        .defaultGrpcTransportProviderBuilder()))
                                .setCredentialsProvider(NoCredentialsProvider.create())
                                .build())) {
            LocationName parent = LocationName.of("local-project", "europe-west1");
            if (!registry.listRepositories(parent).iterateAll().iterator().hasNext()) {
                registry.createRepositoryAsync(
                                parent,
                                Repository.newBuilder().setFormat(Repository.Format.DOCKER).build(),
                                "cloud-run-source-deploy")
                        .get();
            }
        }
    }

    int port() {
        return server.activeLocalPort();
    }

    static SubmitBuildRequest.Builder request(long generation) {
        return SubmitBuildRequest.newBuilder()
                .setParent(PARENT)
                .setStorageSource(
                        StorageSource.newBuilder()
                                .setBucket("staging")
                                .setObject("services/hello/one.tar.gz")
                                .setGeneration(generation))
                .setImageUri(IMAGE)
                .setBuildpackBuild(BuildpacksBuild.newBuilder().setFunctionTarget("helloHttp"));
    }

    Build submit(SubmitBuildRequest.Builder request) {
        try {
            return submissions
                    .submitBuild(request.build())
                    .getBuildOperation()
                    .getMetadata()
                    .unpack(BuildOperationMetadata.class)
                    .getBuild();
        } catch (InvalidProtocolBufferException e) {
            throw new AssertionError(e);
        }
    }

    Build submit(Map<String, String> files) {
        return submit(request(objects.keep(files)));
    }

    Build get(Build build) {
        return builds.getBuild(
                com.google.cloudbuild.v1.GetBuildRequest.newBuilder()
                        .setName(build.getName())
                        .build());
    }

    Build await(Build build, Build.Status status) {
        return Awaitility.await()
                .atMost(Duration.ofSeconds(60))
                .pollInterval(Duration.ofMillis(20))
                .until(
                        () -> get(build),
                        now -> now.getStatus() == status || Statuses.isFinal(now.getStatus()));
    }

    Build built(Build build) {
        return await(build, Build.Status.SUCCESS);
    }

    String log(Build build) throws IOException, InterruptedException {
        return http(get(build).getLogUrl());
    }

    String http(String url) throws IOException, InterruptedException {
        return http.send(HttpRequest.newBuilder(URI.create(url)).build(), BodyHandlers.ofString())
                .body();
    }

    String post(String path, String json) throws IOException, InterruptedException {
        HttpRequest request =
                HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + port() + path))
                        .header("content-type", "application/json")
                        .POST(BodyPublishers.ofString(json))
                        .build();
        return http.send(request, BodyHandlers.ofString()).body();
    }

    List<String> statuses(Build build) {
        return published.stream()
                .filter(one -> one.getAttributesOrThrow("buildId").equals(build.getId()))
                .map(one -> one.getAttributesOrThrow("status"))
                .toList();
    }

    /** Programs in a folder of their own that stand before the system's. */
    static Map<String, String> hostWith(Path folder, String node, String npm) throws IOException {
        Files.createDirectories(folder);
        script(folder.resolve("node"), node);
        script(folder.resolve("npm"), npm);
        return Map.of("PATH", folder + ":/usr/bin:/bin", "HOME", folder.toString());
    }

    private static void script(Path file, String lines) throws IOException {
        Files.writeString(file, "#!/bin/sh\n" + lines + "\n");
        if (!file.toFile().setExecutable(true)) {
            throw new IOException(file + " cannot be made executable");
        }
    }

    @Override
    public void close() {
        submissions.close();
        builds.close();
        http.close();
        var _ = server.stop(); // its threads rest for two seconds before they end; nothing waits
        // for them
        cloudBuild.close();
        artifacts.close();
        state.close();
    }
}
