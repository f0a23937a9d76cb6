package dev.slipway.local.build;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import dev.slipway.local.Images;
import java.io.IOException;
import java.io.InputStream;
import java.net.ConnectException;
import java.net.ServerSocket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.function.UnaryOperator;
import org.apache.commons.compress.archivers.tar.TarArchiveEntry;
import org.apache.commons.compress.archivers.tar.TarArchiveInputStream;
import org.awaitility.Awaitility;
import org.jspecify.annotations.Nullable;

/** An image as the registry has it. */
record BuiltImageFiles(Images images, String uri, JsonNode manifest, JsonNode config) {
    private static final JsonMapper JSON = new JsonMapper();
    private static final int OWNER_MAY_EXECUTE = 0100;

    static BuiltImageFiles of(Images images, String uri) throws IOException {
        JsonNode manifest = JSON.readTree(images.manifest(uri).orElseThrow().toFile());
        Path config =
                images.blob(uri, manifest.path("config").path("digest").asText()).orElseThrow();
        return new BuiltImageFiles(
                images, uri, manifest, JSON.readTree(config.toFile()).path("config"));
    }

    List<String> environment() {
        return texts(config.path("Env"));
    }

    List<String> paths() throws IOException {
        List<String> paths = new ArrayList<>();
        unpack(null, paths);
        return paths;
    }

    /** Writes the files where they lie in the image. */
    void unpack(Path into) throws IOException {
        unpack(into, new ArrayList<>());
    }

    private static List<String> texts(JsonNode array) {
        List<String> texts = new ArrayList<>();
        array.forEach(text -> texts.add(text.asText()));
        return texts;
    }

    private void unpack(@Nullable Path into, List<String> paths) throws IOException {
        for (JsonNode layer : manifest.path("layers")) {
            Path blob = images.blob(uri, layer.path("digest").asText()).orElseThrow();
            try (InputStream bytes = Files.newInputStream(blob);
                    TarArchiveInputStream tar = new TarArchiveInputStream(bytes)) {
                for (TarArchiveEntry entry = tar.getNextEntry();
                        entry != null;
                        entry = tar.getNextEntry()) {
                    paths.add(entry.getName());
                    if (into != null && entry.isFile()) {
                        Path file = into.resolve(entry.getName());
                        Files.createDirectories(file.getParent());
                        Files.copy(tar, file);
                        if ((entry.getMode() & OWNER_MAY_EXECUTE) != 0) {
                            Files.setPosixFilePermissions(
                                    file, PosixFilePermissions.fromString("rwxr-xr-x"));
                        }
                    }
                }
            }
        }
    }

    List<String> entrypoint() {
        return texts(config.path("Entrypoint"));
    }

    /** What the image's program says to a request for {@code /}. */
    String answer(Path folder) throws Exception {
        return answer(folder, HttpRequest.Builder::GET).body();
    }

    /** The answer to a request; what the program prints is in the folder's {@code output}. */
    HttpResponse<String> answer(Path folder, UnaryOperator<HttpRequest.Builder> change)
            throws Exception {
        unpack(folder, new ArrayList<>());
        int port;
        try (ServerSocket free = new ServerSocket(0)) {
            port = free.getLocalPort();
        }
        Process running = start(folder, port);
        try (HttpClient http = HttpClient.newHttpClient()) {
            HttpRequest request =
                    change.apply(HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + port)))
                            .build();
            return Awaitility.await()
                    .atMost(Duration.ofSeconds(60))
                    .ignoreException(ConnectException.class)
                    .until(() -> http.send(request, BodyHandlers.ofString()), _ -> true);
        } finally {
            running.destroy();
            running.waitFor();
        }
    }

    private Process start(Path folder, int port) throws IOException {
        ProcessBuilder program = new ProcessBuilder(entrypoint());
        environment()
                .forEach(
                        one ->
                                program.environment()
                                        .put(
                                                one.substring(0, one.indexOf('=')),
                                                one.substring(one.indexOf('=') + 1)));
        program.environment().put("PORT", Integer.toString(port));
        program.directory(folder.resolve(config.path("WorkingDir").asText().substring(1)).toFile());
        return program.redirectErrorStream(true)
                .redirectOutput(folder.resolve("output").toFile())
                .start();
    }
}
