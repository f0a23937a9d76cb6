package dev.slipway.local.eventarc;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import com.google.api.gax.core.NoCredentialsProvider;
import com.google.api.gax.grpc.GrpcTransportChannel;
import com.google.api.gax.rpc.FixedTransportChannelProvider;
import com.google.cloud.run.v2.Container;
import com.google.cloud.run.v2.RevisionTemplate;
import com.google.cloud.run.v2.Service;
import com.google.cloud.run.v2.ServicesClient;
import com.google.cloud.run.v2.ServicesSettings;
import com.google.devtools.artifactregistry.v1.ArtifactRegistryGrpc;
import com.google.devtools.artifactregistry.v1.CreateRepositoryRequest;
import com.google.devtools.artifactregistry.v1.Repository;
import dev.slipway.contracts.Digest;
import dev.slipway.contracts.Json;
import io.grpc.ManagedChannel;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse.BodyHandlers;
import java.util.List;
import java.util.Map;
import java.util.zip.GZIPOutputStream;
import org.apache.commons.compress.archivers.tar.TarArchiveEntry;
import org.apache.commons.compress.archivers.tar.TarArchiveOutputStream;

/**
 * Deploys a small Node.js server, that notes every POST and answers a GET with all of them, or
 * their count.
 */
final class PrivateService {
    private static final String SERVER =
            """
            const events = [];
            require('http').createServer((request, response) => {
              if (request.url === '/count') return response.end('' + events.length);
              if (request.method === 'GET') return response.end(JSON.stringify(events));
              const chunks = [];
              request.on('data', chunk => chunks.push(chunk));
              request.on('end', () => {
                events.push({url: request.url, headers: request.headers,
                  body: JSON.parse(Buffer.concat(chunks).toString())});
                response.statusCode = 204;
                response.end();
              });
            }).listen(process.env.PORT);
            """;
    private static final String PARENT = GivenEventarc.PARENT;
    private static final String MANIFEST = "application/vnd.oci.image.manifest.v1+json";

    private final String registry;
    private final ManagedChannel channel;
    private final HttpClient http = HttpClient.newHttpClient();

    PrivateService(int port, ManagedChannel channel) {
        this.registry =
                "http://127.0.0.1:"
                        + port
                        + "/v2/europe-west1-docker.pkg.dev/local-project/images/hello";
        this.channel = channel;
    }

    /** The service's URL, once it answers. */
    String deploy(String id) throws Exception {
        ArtifactRegistryGrpc.newBlockingStub(channel)
                .createRepository(
                        CreateRepositoryRequest.newBuilder()
                                .setParent(PARENT)
                                .setRepositoryId("images")
                                .setRepository(
                                        Repository.newBuilder().setFormat(Repository.Format.DOCKER))
                                .build());
        Service service =
                Service.newBuilder()
                        .setTemplate(
                                RevisionTemplate.newBuilder()
                                        .addContainers(Container.newBuilder().setImage(image())))
                        .build();
        ServicesSettings settings =
                ServicesSettings.newBuilder()
                        .setCredentialsProvider(NoCredentialsProvider.create())
                        .setTransportChannelProvider(
                                FixedTransportChannelProvider.create(
                                        GrpcTransportChannel.create(channel)))
                        .build();
        try (ServicesClient services = ServicesClient.create(settings)) {
            return services.createServiceAsync(PARENT, service, id).get().getUri();
        }
    }

    private String image() throws Exception {
        Map<String, Object> config =
                blob(
                        Json.write(
                                Map.of(
                                        "config",
                                        Map.of(
                                                "WorkingDir",
                                                "/workspace",
                                                "Entrypoint",
                                                List.of("node", "server.js")))),
                        "application/vnd.oci.image.config.v1+json");
        Map<String, Object> layer = blob(layer(), "application/vnd.oci.image.layer.v1.tar+gzip");
        byte[] manifest =
                Json.write(
                        Map.of(
                                "schemaVersion",
                                2,
                                "mediaType",
                                MANIFEST,
                                "config",
                                config,
                                "layers",
                                List.of(layer)));
        send("PUT", "/manifests/latest", manifest, MANIFEST);
        return "europe-west1-docker.pkg.dev/local-project/images/hello@" + Digest.of(manifest);
    }

    private Map<String, Object> blob(byte[] bytes, String type) throws Exception {
        String digest = Digest.of(bytes).toString();
        send("POST", "/blobs/uploads/?digest=" + digest, bytes, "application/octet-stream");
        return Map.of("mediaType", type, "digest", digest, "size", bytes.length);
    }

    private static byte[] layer() throws IOException {
        byte[] server = SERVER.getBytes(UTF_8);
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (TarArchiveOutputStream tar = new TarArchiveOutputStream(new GZIPOutputStream(bytes))) {
            TarArchiveEntry entry = new TarArchiveEntry("workspace/server.js");
            entry.setSize(server.length);
            tar.putArchiveEntry(entry);
            tar.write(server);
            tar.closeArchiveEntry();
        }
        return bytes.toByteArray();
    }

    private void send(String method, String path, byte[] body, String type) throws Exception {
        var answer =
                http.send(
                        HttpRequest.newBuilder(URI.create(registry + path))
                                .method(method, BodyPublishers.ofByteArray(body))
                                .header("content-type", type)
                                .build(),
                        BodyHandlers.ofString());
        assertThat(answer.statusCode()).as(answer.body()).isEqualTo(201);
    }
}
