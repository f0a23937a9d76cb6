package dev.slipway.local.build.node;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import dev.slipway.local.build.language.BuildFailed;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/** What a build needs of {@code package.json}; an absent one is empty. */
record PackageJson(
        boolean present,
        Optional<String> main,
        Optional<String> node,
        Optional<String> version,
        Map<String, String> scripts,
        Map<String, String> dependencies,
        boolean hasDevDependencies) {
    static final String NAME = "package.json";

    private static final JsonMapper JSON = new JsonMapper();
    private static final int LARGEST_BYTES = 1 << 20;

    static PackageJson read(Path directory) throws BuildFailed, IOException {
        Path file = directory.resolve(NAME);
        if (!Files.isRegularFile(file)) {
            return of(JSON.createObjectNode(), false);
        }
        JsonNode json = parse(bytes(file));
        if (json == null || !json.isObject()) {
            throw new BuildFailed("package.json is not a JSON object.");
        }
        return of(json, true);
    }

    private static byte[] bytes(Path file) throws BuildFailed, IOException {
        try (InputStream content = Files.newInputStream(file)) {
            byte[] bytes = content.readNBytes(LARGEST_BYTES + 1);
            if (bytes.length > LARGEST_BYTES) {
                throw new BuildFailed(
                        "package.json is larger than the " + LARGEST_BYTES + " bytes allowed.");
            }
            return bytes;
        }
    }

    private static JsonNode parse(byte[] bytes) throws BuildFailed, IOException {
        try {
            return JSON.readTree(bytes);
        } catch (JsonProcessingException e) {
            throw new BuildFailed(
                    "package.json does not parse, line %d, column %d: %s"
                            .formatted(
                                    e.getLocation().getLineNr(),
                                    e.getLocation().getColumnNr(),
                                    e.getOriginalMessage()));
        }
    }

    private static PackageJson of(JsonNode json, boolean present) {
        return new PackageJson(
                present,
                text(json.path("main")),
                text(json.path("engines").path("node")),
                text(json.path("version")),
                texts(json.path("scripts")),
                texts(json.path("dependencies")),
                !json.path("devDependencies").isEmpty());
    }

    private static Optional<String> text(JsonNode json) {
        return Optional.of(json.asText("")).filter(text -> !text.isBlank());
    }

    private static Map<String, String> texts(JsonNode json) {
        Map<String, String> texts = new LinkedHashMap<>();
        json.properties().forEach(field -> texts.put(field.getKey(), field.getValue().asText("")));
        return texts;
    }
}
