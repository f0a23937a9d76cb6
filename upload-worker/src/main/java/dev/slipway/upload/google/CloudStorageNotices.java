package dev.slipway.upload.google;

import dev.slipway.contracts.Json;
import dev.slipway.contracts.ObjectVersion;
import dev.slipway.kit.Message;
import dev.slipway.upload.decide.Drop;
import dev.slipway.upload.decide.DropNotice;
import dev.slipway.upload.gateway.DropNotices;
import jakarta.inject.Singleton;
import java.io.IOException;
import java.time.Instant;
import java.time.format.DateTimeParseException;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * What Cloud Storage publishes about objects: the facts in attributes, and with JSON_API_V1 the
 * object's resource as data.
 */
@Singleton
class CloudStorageNotices implements DropNotices {
    /** An object's metadata has 8 KiB at most; a longer resource is none. */
    private static final int LONGEST_BYTES = 64 * 1024;

    private static final String CREATED = "OBJECT_FINALIZE";

    /** The part of an object's resource that matters here; 64-bit numbers are text in it. */
    private record Resource(
            @Nullable String timeCreated,
            @Nullable String size,
            @Nullable Map<String, String> metadata) {}

    @Override
    public Optional<DropNotice> read(Message message) {
        String event = message.attributes().get("eventType");
        Optional<ObjectVersion> version = version(message.attributes());
        if (event == null || version.isEmpty()) {
            return Optional.empty();
        }
        try {
            return Optional.of(
                    new DropNotice(
                            event.equals(CREATED),
                            version.get(),
                            told(version.get(), message.data())));
        } catch (IOException | DateTimeParseException | NumberFormatException _) {
            return Optional.empty();
        }
    }

    private static Optional<ObjectVersion> version(Map<String, String> attributes) {
        String bucket = attributes.getOrDefault("bucketId", "");
        String object = attributes.getOrDefault("objectId", "");
        try {
            long generation = Long.parseLong(attributes.getOrDefault("objectGeneration", ""));
            return Optional.of(new ObjectVersion(bucket, object, generation));
        } catch (IllegalArgumentException _) {
            return Optional.empty();
        }
    }

    /** Nothing where the notification was configured without a payload. */
    private static @Nullable Drop told(ObjectVersion version, byte[] data) throws IOException {
        if (data.length > LONGEST_BYTES) {
            throw new IOException("too long for an object's resource");
        }
        if (data.length == 0) {
            return null;
        }
        Resource resource = Json.read(data, Resource.class);
        if (resource.timeCreated == null) {
            return null;
        }
        return new Drop(
                version,
                Instant.parse(resource.timeCreated).toEpochMilli(),
                resource.size == null ? 0 : Long.parseLong(resource.size),
                resource.metadata == null ? null : resource.metadata.get(Drop.CORRELATION));
    }
}
