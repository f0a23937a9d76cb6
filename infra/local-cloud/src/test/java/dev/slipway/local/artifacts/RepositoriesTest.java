package dev.slipway.local.artifacts;

import static dev.slipway.local.artifacts.RunningRegistry.PARENT;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.google.api.gax.core.NoCredentialsProvider;
import com.google.api.gax.rpc.ApiException;
import com.google.api.gax.rpc.StatusCode;
import com.google.devtools.artifactregistry.v1.ArtifactRegistryClient;
import com.google.devtools.artifactregistry.v1.ArtifactRegistrySettings;
import com.google.devtools.artifactregistry.v1.CreateRepositoryRequest;
import com.google.devtools.artifactregistry.v1.DockerImage;
import com.google.devtools.artifactregistry.v1.ListDockerImagesRequest;
import com.google.devtools.artifactregistry.v1.ListRepositoriesRequest;
import com.google.devtools.artifactregistry.v1.Repository;
import com.google.devtools.artifactregistry.v1.RepositoryName;
import com.google.longrunning.Operation;
import dev.slipway.contracts.Digest;
import java.io.IOException;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.stream.StreamSupport;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Artifact Registry by Google's own client, and by REST. */
@SuppressWarnings("NullAway.Init") // set before each test
class RepositoriesTest {
    private static final String MANIFEST = "application/vnd.oci.image.manifest.v1+json";
    private static final Repository DOCKER =
            Repository.newBuilder().setFormat(Repository.Format.DOCKER).build();
    private static final byte[] NOTHING = {};

    @TempDir private Path home;
    private RunningRegistry registry;
    private ArtifactRegistryClient client;

    @BeforeEach
    void start() throws IOException {
        open();
    }

    private void open() throws IOException {
        registry = new RunningRegistry(home);
        client =
                ArtifactRegistryClient.create(
                        ArtifactRegistrySettings.newBuilder()
                                .setEndpoint(registry.host())
                                .setTransportChannelProvider(
                                        ArtifactRegistrySettings
                                                .defaultGrpcTransportProviderBuilder()
                                                .setChannelConfigurator(
                                                        channel -> channel.usePlaintext())
                                                .build())
                                .setCredentialsProvider(NoCredentialsProvider.create())
                                .build());
    }

    @AfterEach
    void stop() {
        client.close();
        registry.close();
    }

    private Repository create(String id) throws Exception {
        return client.createRepositoryAsync(PARENT, DOCKER, id).get();
    }

    private static void assertCode(Throwable failure, StatusCode.Code code) {
        Throwable cause = failure instanceof ExecutionException ? failure.getCause() : failure;
        assertThat(cause)
                .isInstanceOfSatisfying(
                        ApiException.class,
                        e -> assertThat(e.getStatusCode().getCode()).isEqualTo(code));
    }

    @Test
    void createsARepositoryAndKeepsItOverARestart() throws Exception {
        Repository created = create("images");

        stop();
        open();

        assertThat(created.getName()).isEqualTo(PARENT + "/repositories/images");
        assertThat(created.getRegistryUri())
                .isEqualTo("europe-west1-docker.pkg.dev/local-project/images");
        assertThat(client.getRepository(created.getName())).isEqualTo(created);
    }

    @Test
    void keepsTheOperationThatCreatedIt() throws Exception {
        Operation operation =
                client.createRepositoryCallable()
                        .call(
                                CreateRepositoryRequest.newBuilder()
                                        .setParent(PARENT)
                                        .setRepositoryId("images")
                                        .setRepository(DOCKER)
                                        .build());

        stop();
        open();

        assertThat(operation.getDone()).isTrue();
        assertThat(registry.artifacts().find(operation.getName())).contains(operation);
        assertThat(registry.artifacts().find(PARENT + "/operations/none")).isEmpty();
    }

    @Test
    void refusesASecondOneOfTheSameName() throws Exception {
        create("images");

        assertThatThrownBy(() -> create("images"))
                .satisfies(e -> assertCode(e, StatusCode.Code.ALREADY_EXISTS));
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "Images", "1st", "images-", "a_b", "a/b"})
    void refusesAnIdThatIsNone(String id) {
        assertThatThrownBy(() -> create(id))
                .satisfies(e -> assertCode(e, StatusCode.Code.INVALID_ARGUMENT))
                .hasMessageContaining("repository_id");
    }

    @ParameterizedTest
    @CsvSource({"FORMAT_UNSPECIFIED, INVALID_ARGUMENT", "MAVEN, UNIMPLEMENTED"})
    void takesDockerOnly(Repository.Format format, StatusCode.Code code) {
        Repository other = Repository.newBuilder().setFormat(format).build();

        assertThatThrownBy(() -> client.createRepositoryAsync(PARENT, other, "r").get())
                .satisfies(e -> assertCode(e, code));
    }

    @ParameterizedTest
    @CsvSource({
        "projects/other/locations/europe-west1, PERMISSION_DENIED",
        "projects/local-project/locations/mars-north1, PERMISSION_DENIED",
        "europe-west1, INVALID_ARGUMENT"
    })
    void refusesAParentThatIsNone(String parent, StatusCode.Code code) {
        assertThatThrownBy(() -> client.createRepositoryAsync(parent, DOCKER, "r").get())
                .satisfies(e -> assertCode(e, code));
    }

    @Test
    void saysThatThereIsNone() {
        assertThatThrownBy(
                        () ->
                                client.getRepository(
                                        RepositoryName.of("local-project", "europe-west1", "r")))
                .satisfies(e -> assertCode(e, StatusCode.Code.NOT_FOUND))
                .hasMessageContaining(PARENT + "/repositories/r");
    }

    @Test
    void listsTheRepositoriesOfALocation() throws Exception {
        for (String id : List.of("b", "a", "c")) {
            create(id);
        }
        client.createRepositoryAsync("projects/local-project/locations/us-central1", DOCKER, "d")
                .get();

        var all =
                client.listRepositories(
                        ListRepositoriesRequest.newBuilder()
                                .setParent(PARENT)
                                .setPageSize(2)
                                .build());

        assertThat(StreamSupport.stream(all.iterateAll().spliterator(), false))
                .extracting(Repository::getName)
                .containsExactly(
                        PARENT + "/repositories/a",
                        PARENT + "/repositories/b",
                        PARENT + "/repositories/c");
    }

    @Test
    void listsImagesWithTheirTags() throws Exception {
        create("images");
        Digest first = push("hello", "v1", "one");
        Digest second = push("deep/hello", "v2", "three");

        var all =
                client.listDockerImages(
                        ListDockerImagesRequest.newBuilder()
                                .setParent(PARENT + "/repositories/images")
                                .setPageSize(1)
                                .build());

        List<DockerImage> images =
                StreamSupport.stream(all.iterateAll().spliterator(), false).toList();
        assertThat(images)
                .extracting(DockerImage::getUri)
                .containsExactly(
                        RunningRegistry.REPOSITORY + "/deep/hello@" + second,
                        RunningRegistry.REPOSITORY + "/hello@" + first);
        assertThat(images.getLast().getTagsList()).containsExactly("v1");
        assertThat(images.getLast().getMediaType()).isEqualTo(MANIFEST);
        assertThat(images.getLast().getImageSizeBytes()).isEqualTo("oneone".length());
        assertThat(images.getFirst().getName()).endsWith("/dockerImages/deep%2Fhello@" + second);
        for (DockerImage image : images) {
            assertThat(client.getDockerImage(image.getName())).isEqualTo(image);
        }
    }

    private Digest push(String image, String tag, String text) throws Exception {
        byte[] blob = text.getBytes(UTF_8);
        String name = "/v2/" + RunningRegistry.REPOSITORY + "/" + image;
        registry.send("POST", name + "/blobs/uploads/?digest=" + Digest.of(blob), blob);
        String descriptor =
                "{\"digest\":\"%s\",\"size\":%d}".formatted(Digest.of(blob), blob.length);
        byte[] manifest =
                "{\"schemaVersion\":2,\"config\":%s,\"layers\":[%s]}"
                        .formatted(descriptor, descriptor)
                        .getBytes(UTF_8);
        HttpResponse<byte[]> put =
                registry.send(
                        "PUT", name + "/manifests/" + tag, manifest, "Content-Type", MANIFEST);
        assertThat(put.statusCode()).isEqualTo(201);
        return Digest.of(manifest);
    }

    @Test
    void answersUnimplementedToTheRest() {
        assertThatThrownBy(() -> client.deleteRepositoryAsync(PARENT + "/repositories/r").get())
                .satisfies(e -> assertCode(e, StatusCode.Code.UNIMPLEMENTED));
        assertThatThrownBy(() -> client.listPackages(PARENT + "/repositories/r"))
                .satisfies(e -> assertCode(e, StatusCode.Code.UNIMPLEMENTED));
    }

    @Test
    void answersInJsonBelowItsPrefix() throws Exception {
        String path = "/artifactregistry/v1/" + PARENT + "/repositories";

        HttpResponse<byte[]> created = postNew(path);
        HttpResponse<byte[]> again = postNew(path);
        HttpResponse<byte[]> got = registry.send("GET", path + "/images", NOTHING);
        HttpResponse<byte[]> none = registry.send("GET", path + "/none", NOTHING);

        assertThat(created.statusCode()).isEqualTo(200);
        assertThat(created.body())
                .asString(UTF_8)
                .contains("\"done\":true", "\"name\":\"" + PARENT + "/repositories/images\"");
        assertThat(again.statusCode()).isEqualTo(409);
        assertThat(got.body()).asString(UTF_8).contains("\"format\":\"DOCKER\"");
        assertThat(none.statusCode()).isEqualTo(404);
        assertThat(none.body()).asString(UTF_8).contains("\"status\":\"NOT_FOUND\"");
    }

    private HttpResponse<byte[]> postNew(String path) throws Exception {
        return registry.send(
                "POST",
                path + "?repositoryId=images",
                "{\"format\":\"DOCKER\"}".getBytes(UTF_8),
                "Content-Type",
                "application/json");
    }
}
