package dev.slipway.local.run;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import dev.slipway.local.Images;
import dev.slipway.local.State;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import java.util.regex.Pattern;
import java.util.stream.StreamSupport;

/** Unpacks images of the registry, each digest once, below one directory. */
final class Pull {
    private static final JsonMapper JSON = new JsonMapper();
    private static final long LARGEST_DOCUMENT_BYTES = 4 << 20;
    private static final Pattern DIGEST = Pattern.compile("sha256:[0-9a-f]{64}");
    private static final String PARTIAL = ".partial-";

    private final Images images;
    private final Path directory;
    private final SharedLayers shared;
    private final Map<String, Object> locks = new ConcurrentHashMap<>();

    Pull(Images images, State state) {
        this.images = images;
        this.directory = state.directory("rootfs");
        this.shared = new SharedLayers(state);
    }

    /** Removes what a pull left behind that did not end. */
    void clean() throws IOException {
        Trees.deleteIn(directory, name -> name.startsWith(PARTIAL));
        shared.clean();
    }

    /** The image that was pulled earlier under this digest, or else is pulled now. */
    PulledImage of(String image, String digest) throws IOException, ImageProblem {
        Path pulled = home(digest);
        return Files.exists(pulled) ? read(digest, pulled) : of(repository(image) + "@" + digest);
    }

    /** The image, by tag or digest. */
    PulledImage of(String image) throws IOException, ImageProblem {
        byte[] document = document(images.manifest(image).orElseThrow(() -> missing(image)));
        String digest = "sha256:" + sha256(document);
        String asked = image.substring(image.indexOf('@') + 1);
        if (image.contains("@") && !asked.equals(digest)) {
            throw new ImageProblem(
                    "Image '%s' is damaged: its manifest has the digest %s."
                            .formatted(image, digest));
        }
        JsonNode manifest = JSON.readTree(document);
        if (manifest.has("manifests")) {
            return of(repository(image) + "@" + platform(image, manifest));
        }
        synchronized (locks.computeIfAbsent(digest, _ -> new Object())) {
            Path pulled = home(digest);
            if (!Files.exists(pulled)) {
                unpack(image, manifest, pulled);
            }
            return read(digest, pulled);
        }
    }

    private void unpack(String image, JsonNode manifest, Path pulled)
            throws IOException, ImageProblem {
        Path partial = directory.resolve(PARTIAL + UUID.randomUUID());
        try {
            Path root = Files.createDirectories(partial.resolve("root"));
            addLayers(image, manifest.path("layers"), root);
            String config = manifest.path("config").path("digest").asText();
            byte[] document = document(blob(image, config));
            if (!config.equals("sha256:" + sha256(document))) {
                throw new ImageProblem("Image '" + image + "' is damaged: its configuration.");
            }
            Files.write(partial.resolve("config.json"), document);
            Files.move(partial, pulled, StandardCopyOption.ATOMIC_MOVE);
        } finally {
            Trees.delete(partial);
        }
    }

    /** The uppermost layer is the image's own, whatever else others have in common with it. */
    private void addLayers(String image, JsonNode layers, Path root)
            throws IOException, ImageProblem {
        Layers above = new Layers(root);
        for (int i = 0; i < layers.size(); i++) {
            String digest = layers.path(i).path("digest").asText();
            Path blob = blob(image, digest);
            if (i == 0 && layers.size() > 1) {
                shared.into(root, blob, digest);
            } else {
                above.add(blob, digest);
            }
        }
    }

    private Path blob(String image, String digest) throws ImageProblem {
        if (!DIGEST.matcher(digest).matches()) {
            throw new ImageProblem("Image '" + image + "' is damaged: its manifest.");
        }
        return images.blob(image, digest)
                .orElseThrow(
                        () ->
                                new ImageProblem(
                                        "Image '%s' is incomplete: the registry has no blob %s."
                                                .formatted(image, digest)));
    }

    private static ImageProblem missing(String image) {
        return new ImageProblem("Image '" + image + "' not found.");
    }

    private static String platform(String image, JsonNode index) throws ImageProblem {
        String machine = System.getProperty("os.arch").equals("aarch64") ? "arm64" : "amd64";
        for (JsonNode entry : index.path("manifests")) {
            JsonNode platform = entry.path("platform");
            if (platform.path("os").asText().equals("linux")
                    && platform.path("architecture").asText().equals(machine)) {
                return entry.path("digest").asText();
            }
        }
        throw new ImageProblem("Image '%s' is not for linux/%s.".formatted(image, machine));
    }

    private Path home(String digest) {
        return directory.resolve(digest.replace(':', '-'));
    }

    private static PulledImage read(String digest, Path pulled) throws IOException {
        JsonNode config =
                JSON.readTree(Files.readAllBytes(pulled.resolve("config.json"))).path("config");
        Map<String, String> environment = new LinkedHashMap<>();
        for (String variable : texts(config.path("Env"))) {
            int equals = variable.indexOf('=');
            if (equals > 0) {
                environment.put(variable.substring(0, equals), variable.substring(equals + 1));
            }
        }
        return new PulledImage(
                digest,
                pulled.resolve("root"),
                texts(config.path("Entrypoint")),
                texts(config.path("Cmd")),
                config.path("WorkingDir").asText(""),
                environment);
    }

    private static List<String> texts(JsonNode array) {
        return StreamSupport.stream(array.spliterator(), false).map(JsonNode::asText).toList();
    }

    private static byte[] document(Path file) throws IOException, ImageProblem {
        if (Files.size(file) > LARGEST_DOCUMENT_BYTES) {
            throw new ImageProblem("The image's manifest or configuration is above 4 MiB.");
        }
        return Files.readAllBytes(file);
    }

    /** The image without tag and digest. */
    private static String repository(String image) {
        String named = image.replaceFirst("@.*$", "");
        int colon = named.lastIndexOf(':');
        return colon > named.lastIndexOf('/') ? named.substring(0, colon) : named;
    }

    static MessageDigest sha256() {
        try {
            return MessageDigest.getInstance("SHA-256");
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java has SHA-256", e);
        }
    }

    private static String sha256(byte[] bytes) {
        return HexFormat.of().formatHex(sha256().digest(bytes));
    }
}
