package dev.slipway.local.artifacts;

import com.fasterxml.jackson.databind.JsonNode;
import dev.slipway.contracts.Digest;
import dev.slipway.contracts.Json;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * What a manifest says about others.
 *
 * @param mediaType one of OCI's and Docker's schema 2
 * @param config the image's configuration; empty in an index
 * @param layers the layers that must be there; those to be fetched elsewhere are left out
 * @param manifests an index's manifests, one per platform
 */
record ManifestDocument(
        String mediaType,
        Optional<Descriptor> config,
        List<Descriptor> layers,
        List<JsonNode> manifests) {
    /** A reference to bytes, by digest. */
    record Descriptor(Digest digest, long size) {}

    private static final int MOST_REFERENCES = 10_000;
    private static final Set<String> IMAGES =
            Set.of(
                    "application/vnd.oci.image.manifest.v1+json",
                    "application/vnd.docker.distribution.manifest.v2+json");
    private static final Set<String> INDEXES =
            Set.of(
                    "application/vnd.oci.image.index.v1+json",
                    "application/vnd.docker.distribution.manifest.list.v2+json");

    /**
     * Reads a manifest.
     *
     * @param contentType what the client says it is
     * @throws RegistryError MANIFEST_INVALID, saying why
     */
    static ManifestDocument read(byte[] bytes, String contentType) {
        boolean index = INDEXES.contains(contentType);
        if (!index && !IMAGES.contains(contentType)) {
            throw invalid(
                    "Content-Type is one of %s, %s, not \"%s\""
                            .formatted(IMAGES, INDEXES, contentType));
        }
        JsonNode json = parse(bytes);
        if (json.path("schemaVersion").asInt() != 2) {
            throw invalid("schemaVersion is 2, not " + json.path("schemaVersion"));
        }
        String stated = json.path("mediaType").asText(contentType);
        if (!stated.equals(contentType)) {
            throw invalid("mediaType is " + stated + ", but Content-Type is " + contentType);
        }
        return index ? index(json, contentType) : image(json, contentType);
    }

    private static JsonNode parse(byte[] bytes) {
        try {
            return Json.read(bytes, JsonNode.class);
        } catch (IOException _) {
            throw invalid("the manifest is no JSON");
        }
    }

    private static ManifestDocument index(JsonNode json, String mediaType) {
        List<JsonNode> manifests = list(json, "manifests");
        manifests.forEach(ManifestDocument::descriptor);
        return new ManifestDocument(mediaType, Optional.empty(), List.of(), manifests);
    }

    private static ManifestDocument image(JsonNode json, String mediaType) {
        List<Descriptor> layers =
                list(json, "layers").stream()
                        .filter(layer -> layer.path("urls").isEmpty())
                        .map(ManifestDocument::descriptor)
                        .toList();
        return new ManifestDocument(
                mediaType, Optional.of(descriptor(json.path("config"))), layers, List.of());
    }

    private static List<JsonNode> list(JsonNode json, String field) {
        if (!json.path(field).isArray() || json.path(field).size() > MOST_REFERENCES) {
            throw invalid(field + " is a list of at most " + MOST_REFERENCES);
        }
        List<JsonNode> all = new ArrayList<>();
        json.path(field).forEach(all::add);
        return all;
    }

    /** A descriptor as it stands in a manifest. */
    static Descriptor descriptor(JsonNode json) {
        if (!json.path("digest").isTextual() || !json.path("size").canConvertToLong()) {
            throw invalid("a descriptor has a digest and a size; found " + json);
        }
        return new Descriptor(
                Reference.digest(json.path("digest").asText()), json.path("size").asLong());
    }

    private static RegistryError invalid(String why) {
        return new RegistryError(ErrorCode.MANIFEST_INVALID, why);
    }

    /** The blobs that must be there before the manifest may come. */
    List<Descriptor> blobs() {
        List<Descriptor> all = new ArrayList<>(layers);
        config.ifPresent(all::add);
        return all;
    }
}
