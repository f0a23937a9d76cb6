package dev.slipway.cli.drop;

import com.google.cloud.storage.Blob;
import com.google.cloud.storage.BlobInfo;
import com.google.cloud.storage.Storage;
import com.google.cloud.storage.StorageException;
import dev.slipway.cli.installation.Cloud;
import dev.slipway.cli.installation.Refused;
import dev.slipway.cli.terminal.Problem;
import dev.slipway.contracts.DeploymentId;
import dev.slipway.contracts.ObjectVersion;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Instant;

/**
 * An archive in the drop bucket.
 *
 * @param generation tells these bytes from others under the same name
 * @param createdAt by the storage's clock
 */
public record Upload(String bucket, String object, long generation, Instant createdAt) {
    /**
     * Puts an archive into the cloud's drop bucket.
     *
     * @throws Problem if it cannot be put there
     */
    public static Upload of(Path archive, String object, Cloud cloud, Storage storage) {
        String bucket = cloud.dropBucket();
        BlobInfo wanted =
                BlobInfo.newBuilder(bucket, object).setContentType(contentType(object)).build();
        try {
            Blob stored = storage.createFrom(wanted, archive);
            return new Upload(
                    bucket,
                    object,
                    stored.getGeneration(),
                    stored.getCreateTimeOffsetDateTime().toInstant());
        } catch (StorageException e) {
            throw Refused.of("cannot upload to gs://" + bucket + "/" + object, cloud, e);
        } catch (IOException e) {
            throw Problem.failed(
                    "cannot read " + archive + ": " + e.getMessage(),
                    "Make it readable, then drop it again.",
                    e);
        }
    }

    static String contentType(String object) {
        if (object.endsWith(".zip")) {
            return "application/zip";
        }
        return object.endsWith(".tar") ? "application/x-tar" : "application/gzip";
    }

    /** The deployment that comes of it. */
    public DeploymentId deployment() {
        return DeploymentId.of(new ObjectVersion(bucket, object, generation));
    }

    /** {@code gs://bucket/object}. */
    public String uri() {
        return "gs://" + bucket + "/" + object;
    }
}
