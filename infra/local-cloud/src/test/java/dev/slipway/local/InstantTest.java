package dev.slipway.local;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.google.cloud.run.v2.BuildsGrpc;
import com.google.cloud.run.v2.Container;
import com.google.cloud.run.v2.CreateServiceRequest;
import com.google.cloud.run.v2.GetServiceRequest;
import com.google.cloud.run.v2.RevisionTemplate;
import com.google.cloud.run.v2.Service;
import com.google.cloud.run.v2.ServicesGrpc;
import com.google.cloud.run.v2.StorageSource;
import com.google.cloud.run.v2.SubmitBuildRequest;
import com.google.cloud.run.v2.SubmitBuildRequest.BuildpacksBuild;
import com.google.cloudbuild.v1.Build;
import com.google.cloudbuild.v1.CloudBuildGrpc;
import com.google.cloudbuild.v1.ListBuildsRequest;
import com.google.devtools.artifactregistry.v1.ArtifactRegistryGrpc;
import com.google.devtools.artifactregistry.v1.CreateRepositoryRequest;
import com.google.devtools.artifactregistry.v1.Repository;
import io.grpc.ManagedChannel;
import io.grpc.ManagedChannelBuilder;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The two switches for measuring: a build that builds nothing, a service that runs nothing. */
class InstantTest {
    private static final String LOCATION = "projects/local-project/locations/europe-west1";
    private static final String IMAGE = "europe-west1-docker.pkg.dev/local-project/images/hello";

    @TempDir Path home;
    private LocalCloud cloud;
    private ManagedChannel channel;

    @BeforeEach
    void start() {
        cloud =
                LocalCloud.start(
                        Flags.read(
                                List.of(
                                        "--instant-builds",
                                        "--home",
                                        home.toString(),
                                        "--instant-services")));
        channel =
                ManagedChannelBuilder.forAddress("127.0.0.1", cloud.port()).usePlaintext().build();
    }

    @AfterEach
    void stop() {
        channel.shutdownNow();
        cloud.close();
    }

    @Test
    void buildsNothingAndAnswersWithARealImage() throws Exception {
        ArtifactRegistryGrpc.newBlockingStub(channel)
                .createRepository(
                        CreateRepositoryRequest.newBuilder()
                                .setParent(LOCATION)
                                .setRepositoryId("images")
                                .setRepository(
                                        Repository.newBuilder().setFormat(Repository.Format.DOCKER))
                                .build());
        BuildsGrpc.newBlockingStub(channel)
                .submitBuild(
                        SubmitBuildRequest.newBuilder()
                                .setParent(LOCATION)
                                .setStorageSource(
                                        StorageSource.newBuilder()
                                                .setBucket("nowhere")
                                                .setObject("nothing.tar.gz"))
                                .setImageUri(IMAGE)
                                .setBuildpackBuild(
                                        BuildpacksBuild.newBuilder().setFunctionTarget("hello"))
                                .build());

        Build ended = await().until(this::newest, build -> build.hasFinishTime());
        assertThat(ended.getStatus()).isEqualTo(Build.Status.SUCCESS);
        String digest = ended.getResults().getImages(0).getDigest();
        String manifest = registry("manifests/" + digest).body();
        assertThat(manifest).contains("application/vnd.oci.image.manifest.v1+json");
        assertThat(registry("manifests/latest").body()).isEqualTo(manifest);
        Matcher blobs = Pattern.compile("\"digest\":\"(sha256:[0-9a-f]{64})\"").matcher(manifest);
        assertThat(blobs.results().map(blob -> status("blobs/" + blob.group(1))))
                .containsExactly(200, 200);
    }

    private Build newest() {
        return CloudBuildGrpc.newBlockingStub(channel)
                .listBuilds(ListBuildsRequest.newBuilder().setParent(LOCATION).build())
                .getBuilds(0);
    }

    private int status(String below) {
        try {
            return registry(below).statusCode();
        } catch (Exception e) {
            throw new IllegalStateException(below + " was not asked for", e);
        }
    }

    private HttpResponse<String> registry(String below) throws Exception {
        return get(URI.create("http://127.0.0.1:" + cloud.port() + "/v2/" + IMAGE + "/" + below));
    }

    @Test
    void isReadyAtOnceAndSaysThatItRunsNothing() throws Exception {
        var services = ServicesGrpc.newBlockingStub(channel);
        services.createService(
                CreateServiceRequest.newBuilder()
                        .setParent(LOCATION)
                        .setServiceId("hello")
                        .setService(
                                Service.newBuilder()
                                        .setTemplate(
                                                RevisionTemplate.newBuilder()
                                                        .addContainers(
                                                                Container.newBuilder()
                                                                        .setImage(IMAGE))))
                        .build());

        GetServiceRequest asked =
                GetServiceRequest.newBuilder().setName(LOCATION + "/services/hello").build();
        Service service =
                await().until(() -> services.getService(asked), found -> !found.getReconciling());
        assertThat(service.getLatestReadyRevision()).isEqualTo(service.getLatestCreatedRevision());
        HttpResponse<String> answer = get(URI.create(service.getUri()));
        assertThat(answer.statusCode()).isEqualTo(501);
        assertThat(answer.body()).contains("--instant-services");
    }

    private static HttpResponse<String> get(URI uri) throws IOException, InterruptedException {
        try (HttpClient http = HttpClient.newHttpClient()) {
            return http.send(HttpRequest.newBuilder(uri).build(), BodyHandlers.ofString());
        }
    }
}
