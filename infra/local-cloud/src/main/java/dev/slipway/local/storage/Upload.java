package dev.slipway.local.storage;

import com.fasterxml.jackson.databind.node.ObjectNode;
import org.jspecify.annotations.Nullable;

/**
 * A resumable upload.
 *
 * @param settings what its writer chose of the object
 * @param started the tick of its start
 * @param generation what became of it; 0 until it is complete
 */
record Upload(
        String id,
        String bucket,
        String name,
        ObjectNode settings,
        Preconditions preconditions,
        @Nullable String crc32c,
        @Nullable String md5Hash,
        long started,
        long generation) {
    Upload completedAs(long written) {
        return new Upload(
                id, bucket, name, settings, preconditions, crc32c, md5Hash, started, written);
    }
}
