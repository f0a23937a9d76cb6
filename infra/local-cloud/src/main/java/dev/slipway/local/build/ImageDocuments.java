package dev.slipway.local.build;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.slipway.local.build.language.Application;
import java.io.IOException;
import java.nio.file.Files;
import java.util.List;
import java.util.TreeMap;

/**
 * The two documents of an image (OCI image spec 1.1, {@code config.md} and {@code manifest.md}).
 */
final class ImageDocuments {
    static final String MANIFEST = "application/vnd.oci.image.manifest.v1+json";

    private static final String CONFIG = "application/vnd.oci.image.config.v1+json";
    private static final String LAYER = "application/vnd.oci.image.layer.v1.tar";
    private static final String CREATED = "1970-01-01T00:00:00Z";
    private static final JsonMapper JSON = new JsonMapper();

    private ImageDocuments() {}

    /** What runs, and how; the same bytes for the same application. */
    static byte[] config(Application application, List<WrittenLayer> layers) {
        ObjectNode config = JSON.createObjectNode();
        config.put("created", CREATED);
        config.put("architecture", architecture());
        config.put("os", "linux");
        ObjectNode run = config.putObject("config");
        ArrayNode environment = run.putArray("Env");
        new TreeMap<>(application.environment())
                .forEach((name, value) -> environment.add(name + "=" + value));
        ArrayNode entrypoint = run.putArray("Entrypoint");
        application.entrypoint().forEach(entrypoint::add);
        run.put("WorkingDir", Application.DIRECTORY);
        ObjectNode labels = run.putObject("Labels");
        new TreeMap<>(application.labels()).forEach(labels::put);
        ObjectNode files = config.putObject("rootfs").put("type", "layers");
        ArrayNode ids = files.putArray("diff_ids");
        layers.forEach(layer -> ids.add(layer.digest()));
        return bytes(config);
    }

    private static String architecture() {
        return System.getProperty("os.arch", "").equals("aarch64") ? "arm64" : "amd64";
    }

    static byte[] manifest(byte[] config, List<WrittenLayer> layers) throws IOException {
        ObjectNode manifest = JSON.createObjectNode();
        manifest.put("schemaVersion", 2);
        manifest.put("mediaType", MANIFEST);
        describe(manifest.putObject("config"), CONFIG, Sha256.of(config), config.length);
        ArrayNode described = manifest.putArray("layers");
        for (WrittenLayer layer : layers) {
            describe(described.addObject(), LAYER, layer.digest(), Files.size(layer.file()));
        }
        return bytes(manifest);
    }

    private static void describe(ObjectNode into, String type, String digest, long size) {
        into.put("mediaType", type).put("digest", digest).put("size", size);
    }

    private static byte[] bytes(ObjectNode document) {
        try {
            return JSON.writeValueAsBytes(document);
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("a tree always has a text", e);
        }
    }
}
