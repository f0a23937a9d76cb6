package dev.slipway.local.storage;

import com.fasterxml.jackson.databind.node.ObjectNode;
import org.jspecify.annotations.Nullable;

/**
 * One generation of one object.
 *
 * @param size in bytes
 * @param crc32c big-endian, in base 64
 * @param md5Hash in base 64; absent for composed objects
 * @param components how many a composed object was made of; 0 for others
 * @param updated the tick of the last change of its metadata
 * @param deleted the tick at which it became noncurrent; absent while it is live
 * @param settings what the writer chose: contentType, metadata, …
 */
record ObjectVersion(
        String bucket,
        String name,
        long generation,
        long metageneration,
        long size,
        String crc32c,
        @Nullable String md5Hash,
        int components,
        long updated,
        @Nullable Long deleted,
        ObjectNode settings) {
    ObjectVersion noncurrentSince(long tick) {
        return new ObjectVersion(
                bucket,
                name,
                generation,
                metageneration,
                size,
                crc32c,
                md5Hash,
                components,
                updated,
                tick,
                settings);
    }

    ObjectVersion with(ObjectNode changed, long tick) {
        return new ObjectVersion(
                bucket,
                name,
                generation,
                metageneration + 1,
                size,
                crc32c,
                md5Hash,
                components,
                tick,
                deleted,
                changed);
    }

    String etag() {
        return Etag.of(generation, metageneration);
    }

    String contentType() {
        return Json.text(settings.path("contentType"), "application/octet-stream");
    }

    /** The resource {@code storage#object}. */
    ObjectNode resource(Links links) {
        ObjectNode resource =
                Json.object()
                        .put("kind", "storage#object")
                        .put("id", bucket + "/" + name + "/" + generation)
                        .put("selfLink", links.object(bucket, name))
                        .put("mediaLink", links.media(bucket, name, generation))
                        .put("name", name)
                        .put("bucket", bucket)
                        .put("generation", Long.toString(generation))
                        .put("metageneration", Long.toString(metageneration))
                        .put("contentType", contentType())
                        .put("storageClass", "STANDARD")
                        .put("size", Long.toString(size));
        if (md5Hash != null) {
            resource.put("md5Hash", md5Hash);
        }
        resource.put("crc32c", crc32c).put("etag", etag());
        if (components > 0) {
            resource.put("componentCount", components);
        }
        times(resource);
        return resource.setAll(settings);
    }

    private void times(ObjectNode resource) {
        String created = Ticks.text(generation);
        resource.put("timeCreated", created)
                .put("updated", Ticks.text(updated))
                .put("timeStorageClassUpdated", created)
                .put("timeFinalized", created);
        if (deleted != null) {
            resource.put("timeDeleted", Ticks.text(deleted));
        }
    }
}
