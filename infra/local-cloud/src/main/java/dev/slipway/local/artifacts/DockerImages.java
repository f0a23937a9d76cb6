package dev.slipway.local.artifacts;

import com.fasterxml.jackson.databind.JsonNode;
import com.google.devtools.artifactregistry.v1.DockerImage;
import com.google.devtools.artifactregistry.v1.ImageManifest;
import com.google.protobuf.Timestamp;
import com.google.protobuf.util.Timestamps;
import dev.slipway.contracts.Json;
import dev.slipway.local.artifacts.Manifests.Stored;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.text.ParseException;
import java.time.Instant;
import java.util.Optional;

/** Manifests as Artifact Registry shows them. */
final class DockerImages {
    private final Manifests manifests;
    private final Blobs blobs;

    DockerImages(Manifests manifests, Blobs blobs) {
        this.manifests = manifests;
        this.blobs = blobs;
    }

    DockerImage of(Stored stored) throws IOException {
        Path file = manifests.file(stored).orElseThrow();
        ManifestDocument document =
                ManifestDocument.read(Files.readAllBytes(file), stored.mediaType());
        DockerImage.Builder image =
                DockerImage.newBuilder()
                        .setName(name(stored))
                        .setUri(stored.image() + "@" + stored.digest())
                        .addAllTags(manifests.tagsOf(stored))
                        .setImageSizeBytes(
                                document.blobs().stream()
                                        .mapToLong(ManifestDocument.Descriptor::size)
                                        .sum())
                        .setUploadTime(timestamp(stored.uploaded()))
                        .setUpdateTime(timestamp(stored.updated()))
                        .setMediaType(stored.mediaType());
        buildTime(stored, document).ifPresent(image::setBuildTime);
        document.manifests().forEach(one -> image.addImageManifests(platform(one)));
        return image.build();
    }

    /** An image's slashes are escaped in its resource name. */
    private static String name(Stored stored) {
        ImageName image = stored.name();
        return "%s/dockerImages/%s@%s"
                .formatted(image.repository(), image.path().replace("/", "%2F"), stored.digest());
    }

    private static Timestamp timestamp(Instant time) {
        return Timestamp.newBuilder()
                .setSeconds(time.getEpochSecond())
                .setNanos(time.getNano())
                .build();
    }

    /** When the image's configuration says that it was created, if it says so. */
    private Optional<Timestamp> buildTime(Stored stored, ManifestDocument document)
            throws IOException {
        Optional<Path> config =
                document.config().flatMap(one -> blobs.find(stored.name(), one.digest()));
        if (config.isEmpty()) {
            return Optional.empty();
        }
        try {
            JsonNode json = Json.read(Files.readAllBytes(config.get()), JsonNode.class);
            return Optional.of(Timestamps.parse(json.path("created").asText()));
        } catch (ParseException | IOException _) {
            return Optional.empty();
        }
    }

    private static ImageManifest platform(JsonNode descriptor) {
        JsonNode platform = descriptor.path("platform");
        return ImageManifest.newBuilder()
                .setArchitecture(platform.path("architecture").asText())
                .setOs(platform.path("os").asText())
                .setVariant(platform.path("variant").asText())
                .setDigest(descriptor.path("digest").asText())
                .setMediaType(descriptor.path("mediaType").asText())
                .build();
    }
}
