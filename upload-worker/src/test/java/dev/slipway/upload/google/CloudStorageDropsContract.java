package dev.slipway.upload.google;

import com.google.cloud.storage.Blob;
import com.google.cloud.storage.BlobId;
import com.google.cloud.storage.BlobInfo;
import com.google.cloud.storage.Storage;
import dev.slipway.contracts.ObjectVersion;
import dev.slipway.contracts.Topology;
import dev.slipway.upload.decide.Drop;
import dev.slipway.upload.gateway.Drops;
import dev.slipway.upload.gateway.DropsContract;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** The drop bucket's contract, on whatever Google's client of Cloud Storage is pointed to. */
public abstract class CloudStorageDropsContract extends DropsContract {
    /** A client that may upload to the drop bucket and remove generations from it. */
    protected abstract Storage storage();

    /** The worker's own client. */
    protected abstract Storage worker();

    /** Whose drop bucket is there, with object versioning. */
    protected abstract Topology topology();

    @Override
    protected Drops drops() {
        return new CloudStorageDrops(worker(), topology());
    }

    @Override
    protected ObjectVersion put(String object, byte[] content, @Nullable String correlation) {
        BlobInfo.Builder info = BlobInfo.newBuilder(topology().bucket("drop").name(), object);
        if (correlation != null) {
            info.setMetadata(Map.of(Drop.CORRELATION, correlation));
        }
        Blob blob = storage().create(info.build(), content);
        return new ObjectVersion(blob.getBucket(), blob.getName(), blob.getGeneration());
    }

    @Override
    protected void remove(ObjectVersion version) {
        storage().delete(BlobId.of(version.bucket(), version.object(), version.generation()));
    }
}
