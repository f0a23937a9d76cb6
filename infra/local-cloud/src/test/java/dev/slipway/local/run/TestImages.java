package dev.slipway.local.run;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.slipway.contracts.Digest;
import dev.slipway.contracts.Json;
import dev.slipway.local.Images;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.zip.GZIPOutputStream;
import org.apache.commons.compress.archivers.tar.TarArchiveEntry;
import org.apache.commons.compress.archivers.tar.TarArchiveOutputStream;

/** A registry that is a directory of blobs; images are made here, layer by layer. */
final class TestImages implements Images {
    static final String REPOSITORY =
            "europe-west1-docker.pkg.dev/local-project/cloud-run-source-deploy/hello";

    private static final String SERVER =
            """
            const http = require('http');
            console.log('starts ' + process.env.K_REVISION);
            http.createServer((request, response) => {
              if (request.url === '/crash') process.exit(3);
              if (request.url === '/never') return;
              const chunks = [];
              request.on('data', chunk => chunks.push(chunk));
              request.on('end', () => response.end(JSON.stringify({
                text: process.env.TEXT, url: request.url, pid: process.pid, cwd: process.cwd(),
                bytes: Buffer.concat(chunks).length, headers: request.headers, env: process.env})));
            }).listen(process.env.PORT);
            """;

    private final Path directory;

    TestImages(Path directory) throws IOException {
        this.directory = Files.createDirectories(directory);
    }

    /** An image whose server answers with what it sees of its surroundings. */
    String server() throws IOException {
        return image("node", "server.js", SERVER);
    }

    /** An image that runs this script of Node's. */
    String script(String script) throws IOException {
        return image("node", "main.js", script);
    }

    private String image(String command, String file, String content) throws IOException {
        byte[] layer = tar(List.of(file("workspace/" + file, content)));
        return image(
                List.of(layer),
                Map.of(
                        "WorkingDir", "/workspace",
                        "Env", List.of("FROM_IMAGE=yes", "TEXT=of the image", "HOME=/nowhere"),
                        "Entrypoint", List.of(command, file)));
    }

    String image(List<byte[]> layers, Map<String, Object> config) throws IOException {
        List<Map<String, Object>> descriptors = new ArrayList<>();
        for (byte[] layer : layers) {
            descriptors.add(descriptor(gzip(layer)));
        }
        Map<String, Object> manifest =
                Map.of(
                        "schemaVersion",
                        2,
                        "config",
                        descriptor(Json.write(Map.of("config", config))),
                        "layers",
                        descriptors);
        return REPOSITORY + "@" + descriptor(Json.write(manifest)).get("digest");
    }

    private Map<String, Object> descriptor(byte[] blob) throws IOException {
        String digest = Digest.of(blob).toString();
        Files.write(file(digest), blob);
        return Map.of("digest", digest, "size", blob.length);
    }

    /** One entry of a layer. */
    record Entry(TarArchiveEntry header, byte[] content) {}

    static Entry file(String name, String content) {
        TarArchiveEntry header = new TarArchiveEntry(name, true);
        header.setModTime(0);
        header.setSize(content.getBytes(UTF_8).length);
        return new Entry(header, content.getBytes(UTF_8));
    }

    static Entry link(String name, String target, byte kind) {
        TarArchiveEntry header = new TarArchiveEntry(name, kind, true);
        header.setLinkName(target);
        return new Entry(header, new byte[0]);
    }

    static byte[] tar(List<Entry> entries) throws IOException {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (TarArchiveOutputStream tar = new TarArchiveOutputStream(bytes)) {
            for (Entry entry : entries) {
                tar.putArchiveEntry(entry.header());
                tar.write(entry.content());
                tar.closeArchiveEntry();
            }
        }
        return bytes.toByteArray();
    }

    static byte[] gzip(byte[] content) throws IOException {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (GZIPOutputStream gzip = new GZIPOutputStream(bytes)) {
            gzip.write(content);
        }
        return bytes.toByteArray();
    }

    private Path file(String digest) {
        return directory.resolve(digest.replace(':', '-'));
    }

    @Override
    public Optional<Path> manifest(String imageUri) {
        return blob(imageUri, imageUri.substring(imageUri.indexOf('@') + 1));
    }

    @Override
    public Optional<Path> blob(String imageUri, String digest) {
        return Optional.of(file(digest)).filter(Files::exists);
    }
}
