package dev.slipway.upload.google;

import com.google.cloud.storage.BlobId;
import com.google.cloud.storage.BucketInfo;
import com.google.cloud.storage.Storage;
import com.google.cloud.storage.Storage.BucketListOption;
import dev.slipway.contracts.ObjectVersion;
import dev.slipway.upload.decide.OperatorStaging;
import dev.slipway.upload.gateway.Staging;
import dev.slipway.upload.gateway.StagingContract;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** The staging buckets' contract, on whatever Google's client of Cloud Storage is pointed to. */
public abstract class CloudStorageStagingContract extends StagingContract {
    /** A client that may make buckets, list them and read what is in them. */
    protected abstract Storage storage();

    /** The worker's own client. */
    protected abstract Storage worker();

    @Override
    protected Staging staging(OperatorStaging operator) {
        return new CloudStorageStaging(worker(), new StagingBuckets(worker(), operator));
    }

    @Override
    protected void make(String bucket, @Nullable String key) {
        BucketInfo.Builder wanted = BucketInfo.newBuilder(bucket).setLocation("us-central1");
        storage().create(key == null ? wanted.build() : wanted.setDefaultKmsKeyName(key).build());
    }

    @Override
    protected List<String> buckets(String prefix) {
        return storage()
                .list(BucketListOption.prefix(prefix))
                .streamAll()
                .map(BucketInfo::getName)
                .toList();
    }

    @Override
    protected byte[] read(ObjectVersion version) {
        return storage()
                .readAllBytes(BlobId.of(version.bucket(), version.object(), version.generation()));
    }

    @Override
    protected String region(String bucket) {
        return storage()
                .list()
                .streamAll()
                .filter(listed -> listed.getName().equals(bucket))
                .findFirst()
                .orElseThrow()
                .getLocation()
                .toLowerCase(Locale.ROOT);
    }

    @Override
    protected void makeWithRetention(String bucket) {
        storage()
                .create(
                        BucketInfo.newBuilder(bucket)
                                .setLocation("us-central1")
                                .setRetentionPeriodDuration(Duration.ofSeconds(1))
                                .build());
    }
}
