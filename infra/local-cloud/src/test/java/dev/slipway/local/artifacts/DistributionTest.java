package dev.slipway.local.artifacts;

import static dev.slipway.local.artifacts.RunningRegistry.IMAGE;
import static dev.slipway.local.artifacts.RunningRegistry.REPOSITORY;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.slipway.contracts.Digest;
import dev.slipway.contracts.Json;
import java.io.IOException;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The OCI Distribution Specification, call by call. */
@SuppressWarnings("NullAway.Init") // set before each test
class DistributionTest {
    private static final String OCI_MANIFEST = "application/vnd.oci.image.manifest.v1+json";
    private static final String OCI_INDEX = "application/vnd.oci.image.index.v1+json";
    private static final String DOCKER_MANIFEST =
            "application/vnd.docker.distribution.manifest.v2+json";
    private static final byte[] NOTHING = {};
    private static final byte[] HELLO = "hello, world".getBytes(UTF_8);

    @TempDir private Path home;
    private RunningRegistry registry;

    @BeforeEach
    void start() {
        registry = new RunningRegistry(home).withRepository();
    }

    @AfterEach
    void stop() {
        registry.close();
    }

    private HttpResponse<byte[]> send(String method, String path, byte[] body, String... headers)
            throws Exception {
        return registry.send(method, path, body, headers);
    }

    private static String header(HttpResponse<?> answer, String name) {
        return answer.headers().firstValue(name).orElse("");
    }

    private static void assertRefused(HttpResponse<byte[]> answer, int status, String code)
            throws IOException {
        assertThat(answer.statusCode()).isEqualTo(status);
        JsonNode error = Json.read(answer.body(), JsonNode.class).path("errors").path(0);
        assertThat(error.path("code").asText()).isEqualTo(code);
        assertThat(error.path("message").asText()).isNotBlank();
    }

    private String push(String image, byte[] blob) throws Exception {
        Digest digest = Digest.of(blob);
        HttpResponse<byte[]> answer =
                send("POST", "/v2/" + image + "/blobs/uploads/?digest=" + digest, blob);
        assertThat(answer.statusCode()).isEqualTo(201);
        return digest.value();
    }

    private byte[] manifest(String mediaType, byte[] config, byte[]... layers) throws Exception {
        List<String> descriptors =
                Stream.of(layers).map(layer -> descriptor("application/x-layer", layer)).toList();
        return """
        {"schemaVersion":2,"mediaType":"%s","config":%s,"layers":[%s]}"""
                .formatted(
                        mediaType,
                        descriptor("application/x-config", config),
                        String.join(",", descriptors))
                .getBytes(UTF_8);
    }

    private static String descriptor(String mediaType, byte[] bytes) {
        return """
        {"mediaType":"%s","digest":"%s","size":%d}"""
                .formatted(mediaType, Digest.of(bytes), bytes.length);
    }

    private HttpResponse<byte[]> putManifest(String reference, String type, byte[] bytes)
            throws Exception {
        return send("PUT", "/v2/" + IMAGE + "/manifests/" + reference, bytes, "Content-Type", type);
    }

    @Test
    void saysThatItIsARegistry() throws Exception {
        HttpResponse<byte[]> answer = send("GET", "/v2/", NOTHING);

        assertThat(answer.statusCode()).isEqualTo(200);
        assertThat(header(answer, "docker-distribution-api-version")).isEqualTo("registry/2.0");
    }

    @Test
    void takesABlobInOneCall() throws Exception {
        String digest = push(IMAGE, HELLO);

        HttpResponse<byte[]> head = send("HEAD", "/v2/" + IMAGE + "/blobs/" + digest, NOTHING);
        HttpResponse<byte[]> get = send("GET", "/v2/" + IMAGE + "/blobs/" + digest, NOTHING);

        assertThat(head.statusCode()).isEqualTo(200);
        assertThat(header(head, "content-length")).isEqualTo("12");
        assertThat(header(head, "docker-content-digest")).isEqualTo(digest);
        assertThat(get.body()).isEqualTo(HELLO);
    }

    @Test
    void takesABlobInChunksAndTellsHowFarItIs() throws Exception {
        String location = header(begin(), "location");

        HttpResponse<byte[]> first =
                send("PATCH", location, "hello".getBytes(UTF_8), "Content-Range", "0-4");
        HttpResponse<byte[]> status = send("GET", location, NOTHING);
        HttpResponse<byte[]> second =
                send("PATCH", location, ", wor".getBytes(UTF_8), "Content-Range", "5-9");
        HttpResponse<byte[]> last =
                send("PUT", location + "?digest=" + Digest.of(HELLO), "ld".getBytes(UTF_8));

        assertThat(first.statusCode()).isEqualTo(202);
        assertThat(header(first, "range")).isEqualTo("0-4");
        assertThat(status.statusCode()).isEqualTo(204);
        assertThat(header(status, "range")).isEqualTo("0-4");
        assertThat(header(second, "range")).isEqualTo("0-9");
        assertThat(last.statusCode()).isEqualTo(201);
        assertThat(send("GET", header(last, "location"), NOTHING).body()).isEqualTo(HELLO);
    }

    private HttpResponse<byte[]> begin() throws Exception {
        HttpResponse<byte[]> begun = send("POST", "/v2/" + IMAGE + "/blobs/uploads/", NOTHING);
        assertThat(begun.statusCode()).isEqualTo(202);
        return begun;
    }

    @Test
    void refusesAChunkOutOfOrderAndGoesOnWithTheRightOne() throws Exception {
        String location = header(begin(), "location");

        assertRefused(
                send("PATCH", location, "world".getBytes(UTF_8), "Content-Range", "7-11"),
                416,
                "RANGE_INVALID");
        send("PATCH", location, HELLO, "Content-Range", "0-11");

        assertThat(send("PUT", location + "?digest=" + Digest.of(HELLO), NOTHING).statusCode())
                .isEqualTo(201);
    }

    @Test
    void forgetsAnUploadThatIsGivenUp() throws Exception {
        String location = header(begin(), "location");

        assertThat(send("DELETE", location, NOTHING).statusCode()).isEqualTo(204);

        assertRefused(send("PATCH", location, HELLO), 404, "BLOB_UPLOAD_UNKNOWN");
    }

    @Test
    void keepsNothingWhoseDigestIsAnother() throws Exception {
        Digest other = Digest.of("something else");

        assertRefused(
                send("POST", "/v2/" + IMAGE + "/blobs/uploads/?digest=" + other, HELLO),
                400,
                "DIGEST_INVALID");

        assertRefused(
                send("GET", "/v2/" + IMAGE + "/blobs/" + other, NOTHING), 404, "BLOB_UNKNOWN");
        try (Stream<Path> left = Files.walk(home.resolve("cloud/registry"))) {
            assertThat(left.filter(Files::isRegularFile)).isEmpty();
        }
    }

    @Test
    void mountsABlobOfAnotherImageOnly() throws Exception {
        String digest = push(REPOSITORY + "/other", HELLO);
        String uploads = "/v2/" + IMAGE + "/blobs/uploads/?mount=";

        assertRefused(
                send("GET", "/v2/" + IMAGE + "/blobs/" + digest, NOTHING), 404, "BLOB_UNKNOWN");
        assertThat(
                        send("POST", uploads + digest + "&from=" + REPOSITORY + "/none", NOTHING)
                                .statusCode())
                .isEqualTo(202);
        assertThat(
                        send("POST", uploads + digest + "&from=" + REPOSITORY + "/other", NOTHING)
                                .statusCode())
                .isEqualTo(201);
        assertThat(send("GET", "/v2/" + IMAGE + "/blobs/" + digest, NOTHING).body())
                .isEqualTo(HELLO);
    }

    @ParameterizedTest
    @CsvSource({
        "bytes=7-11, 206, world, bytes 7-11/12",
        "bytes=7-, 206, world, bytes 7-11/12",
        "bytes=-5, 206, world, bytes 7-11/12",
        "bytes=7-99, 206, world, bytes 7-11/12",
        "bytes=0-0, 206, h, bytes 0-0/12",
        "bytes=0-11, 200, 'hello, world', ''",
        "lines=1-2, 200, 'hello, world', ''"
    })
    void answersARangeOfABlob(String range, int status, String body, String contentRange)
            throws Exception {
        String digest = push(IMAGE, HELLO);

        HttpResponse<byte[]> answer =
                send("GET", "/v2/" + IMAGE + "/blobs/" + digest, NOTHING, "Range", range);

        assertThat(answer.statusCode()).isEqualTo(status);
        assertThat(answer.body()).asString(UTF_8).isEqualTo(body);
        assertThat(header(answer, "content-range")).isEqualTo(contentRange);
    }

    @Test
    void refusesARangeBeyondABlob() throws Exception {
        String digest = push(IMAGE, HELLO);

        assertRefused(
                send("GET", "/v2/" + IMAGE + "/blobs/" + digest, NOTHING, "Range", "bytes=12-"),
                416,
                "RANGE_INVALID");
    }

    @ParameterizedTest
    @CsvSource({OCI_MANIFEST, DOCKER_MANIFEST})
    void keepsAManifestByTagAndDigest(String type) throws Exception {
        push(IMAGE, HELLO);
        byte[] manifest = manifest(type, HELLO, HELLO);

        HttpResponse<byte[]> put = putManifest("v1", type, manifest);

        String digest = Digest.of(manifest).value();
        assertThat(put.statusCode()).isEqualTo(201);
        assertThat(header(put, "docker-content-digest")).isEqualTo(digest);
        for (String reference : List.of("v1", digest)) {
            HttpResponse<byte[]> got =
                    send("GET", "/v2/" + IMAGE + "/manifests/" + reference, NOTHING);
            assertThat(got.body()).isEqualTo(manifest);
            assertThat(header(got, "content-type")).isEqualTo(type);
            HttpResponse<byte[]> head =
                    send("HEAD", "/v2/" + IMAGE + "/manifests/" + reference, NOTHING);
            assertThat(header(head, "content-length")).isEqualTo(Integer.toString(manifest.length));
            assertThat(header(head, "docker-content-digest")).isEqualTo(digest);
        }
    }

    @Test
    void refusesAManifestBeforeWhatItNames() throws Exception {
        push(IMAGE, HELLO);
        byte[] absent = "absent".getBytes(UTF_8);

        assertRefused(
                putManifest("v1", OCI_MANIFEST, manifest(OCI_MANIFEST, HELLO, absent)),
                400,
                "MANIFEST_BLOB_UNKNOWN");
        assertRefused(
                putManifest("v1", OCI_INDEX, index(manifest(OCI_MANIFEST, HELLO))),
                400,
                "MANIFEST_BLOB_UNKNOWN");
        assertRefused(
                send("GET", "/v2/" + IMAGE + "/manifests/v1", NOTHING), 404, "MANIFEST_UNKNOWN");
    }

    private static byte[] index(byte[] manifest) {
        return """
        {"schemaVersion":2,"mediaType":"%s","manifests":[%s]}"""
                .formatted(OCI_INDEX, descriptor(OCI_MANIFEST, manifest))
                .getBytes(UTF_8);
    }

    @Test
    void keepsAnIndexOfWhatIsThere() throws Exception {
        push(IMAGE, HELLO);
        byte[] manifest = manifest(OCI_MANIFEST, HELLO);
        putManifest(Digest.of(manifest).value(), OCI_MANIFEST, manifest);

        assertThat(putManifest("all", OCI_INDEX, index(manifest)).statusCode()).isEqualTo(201);
    }

    @ParameterizedTest
    @CsvSource({
        "text/plain, '{\"schemaVersion\":2}'",
        OCI_MANIFEST + ", 'no JSON'",
        OCI_MANIFEST + ", '{\"schemaVersion\":1}'",
        OCI_MANIFEST + ", '{\"schemaVersion\":2,\"mediaType\":\"" + OCI_INDEX + "\"}'",
        OCI_MANIFEST + ", '{\"schemaVersion\":2,\"layers\":[]}'",
        OCI_INDEX + ", '{\"schemaVersion\":2,\"manifests\":{}}'"
    })
    void refusesWhatIsNoManifest(String type, String body) throws Exception {
        assertRefused(putManifest("v1", type, body.getBytes(UTF_8)), 400, "MANIFEST_INVALID");
    }

    @Test
    void refusesAManifestUnderAnothersDigest() throws Exception {
        push(IMAGE, HELLO);

        assertRefused(
                putManifest(
                        Digest.of("other").value(), OCI_MANIFEST, manifest(OCI_MANIFEST, HELLO)),
                400,
                "DIGEST_INVALID");
    }

    @Test
    void listsTagsPageByPage() throws Exception {
        push(IMAGE, HELLO);
        for (String tag : List.of("c", "a", "b")) {
            putManifest(tag, OCI_MANIFEST, manifest(OCI_MANIFEST, HELLO));
        }

        HttpResponse<byte[]> first = send("GET", "/v2/" + IMAGE + "/tags/list?n=2", NOTHING);
        String next = header(first, "link");
        HttpResponse<byte[]> second = send("GET", next.substring(1, next.indexOf('>')), NOTHING);

        assertThat(first.body()).asString(UTF_8).contains("[\"a\",\"b\"]");
        assertThat(next).endsWith("; rel=\"next\"");
        assertThat(second.body()).asString(UTF_8).contains("[\"c\"]");
        assertThat(header(second, "link")).isEmpty();
    }

    @ParameterizedTest
    @CsvSource({
        "europe-west1-docker.pkg.dev/local-project/none/hello, 404, NAME_UNKNOWN",
        "us-central1-docker.pkg.dev/local-project/images/hello, 404, NAME_UNKNOWN",
        "europe-west1-docker.pkg.dev/other/images/hello, 404, NAME_UNKNOWN",
        "europe-west1-docker.pkg.dev/local-project/images, 404, NAME_UNKNOWN",
        "hello, 404, NAME_UNKNOWN",
        "europe-west1-docker.pkg.dev/local-project/images/Hello, 400, NAME_INVALID"
    })
    void needsARepository(String name, int status, String code) throws Exception {
        assertRefused(send("POST", "/v2/" + name + "/blobs/uploads/", NOTHING), status, code);
        assertRefused(send("GET", "/v2/" + name + "/tags/list", NOTHING), status, code);
    }

    @Test
    void namesWhatItDoesNotDo() throws Exception {
        String digest = push(IMAGE, HELLO);

        for (String path :
                List.of("blobs/" + digest, "manifests/v1", "tags/list", "referrers/" + digest)) {
            assertRefused(send("DELETE", "/v2/" + IMAGE + "/" + path, NOTHING), 405, "UNSUPPORTED");
        }
        assertRefused(send("GET", "/v2/_catalog", NOTHING), 405, "UNSUPPORTED");
    }

    @Test
    void asksForPermission() throws Exception {
        Files.createDirectories(home.resolve("tokens"));
        for (String identity : List.of("deploy", "builder")) {
            Files.writeString(home.resolve("tokens").resolve(identity), "token-" + identity);
        }
        String uploads = "/v2/" + IMAGE + "/blobs/uploads/";

        assertRefused(
                send("POST", uploads, NOTHING, "Authorization", "Bearer token-deploy"),
                403,
                "DENIED");
        assertThat(
                        send("POST", uploads, NOTHING, "Authorization", "Bearer token-builder")
                                .statusCode())
                .isEqualTo(202);
    }

    @Test
    void keepsEverythingOverARestart() throws Exception {
        push(IMAGE, HELLO);
        byte[] manifest = manifest(OCI_MANIFEST, HELLO, HELLO);
        putManifest("v1", OCI_MANIFEST, manifest);
        String unfinished = header(begin(), "location");

        registry.close();
        registry = new RunningRegistry(home);

        assertThat(send("GET", "/v2/" + IMAGE + "/manifests/v1", NOTHING).body())
                .isEqualTo(manifest);
        assertThat(send("GET", "/v2/" + IMAGE + "/blobs/" + Digest.of(HELLO), NOTHING).body())
                .isEqualTo(HELLO);
        assertRefused(send("GET", unfinished, NOTHING), 404, "BLOB_UPLOAD_UNKNOWN");
    }

    @Test
    void showsFilesToWhoRunsImages() throws Exception {
        String blob = push(IMAGE, HELLO);
        byte[] manifest = manifest(OCI_MANIFEST, HELLO, HELLO);
        putManifest("v1", OCI_MANIFEST, manifest);
        Digest digest = Digest.of(manifest);
        Artifacts images = registry.artifacts();

        assertThat(images.manifest(IMAGE + "@" + digest).orElseThrow()).hasBinaryContent(manifest);
        assertThat(images.manifest(IMAGE + ":v1").orElseThrow()).hasBinaryContent(manifest);
        assertThat(images.blob(IMAGE + "@" + digest, blob).orElseThrow()).hasBinaryContent(HELLO);
        assertThat(images.manifest(IMAGE)).isEmpty();
        assertThat(images.manifest("docker.io/library/hello")).isEmpty();
        assertThat(images.blob(IMAGE, "sha256:0")).isEmpty();
    }
}
