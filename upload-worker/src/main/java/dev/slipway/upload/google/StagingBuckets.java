package dev.slipway.upload.google;

import com.google.cloud.storage.Bucket;
import com.google.cloud.storage.BucketInfo;
import com.google.cloud.storage.BucketInfo.IamConfiguration;
import com.google.cloud.storage.Cors;
import com.google.cloud.storage.HttpMethod;
import com.google.cloud.storage.Storage;
import com.google.cloud.storage.Storage.BucketField;
import com.google.cloud.storage.Storage.BucketListOption;
import com.google.cloud.storage.StorageException;
import dev.slipway.kit.FailureKind;
import dev.slipway.kit.GatewayException;
import dev.slipway.kit.google.GoogleFailures;
import jakarta.inject.Singleton;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.Stream;

/**
 * The buckets that sources are staged in, made as gcloud makes them. Names of buckets are global
 * and these can be guessed, so a bucket is used only when the project's own list has it: that one
 * can be read proves nothing. Those seen once are not asked for again.
 */
@Singleton
class StagingBuckets {
    private static final int CONFLICT = 409;

    /** gcloud run deploy: the console may show the sources. */
    private static final Cors CONSOLE =
            Cors.newBuilder()
                    .setMethods(List.of(HttpMethod.GET))
                    .setOrigins(
                            Stream.of(
                                            "https://*.cloud.google.com",
                                            "https://*.corp.google.com",
                                            "https://*.corp.google.com:*",
                                            "https://*.cloud.google",
                                            "https://*.byoid.goog")
                                    .map(Cors.Origin::of)
                                    .toList())
                    .build();

    private final Storage storage;
    private final Set<String> ours = ConcurrentHashMap.newKeySet();

    StagingBuckets(Storage storage) {
        this.storage = storage;
    }

    /**
     * Returns once the bucket is there and proven to be this project's.
     *
     * @throws GatewayException {@code REFUSED} where it is another project's or has a retention
     *     policy
     */
    void ensure(String name, String region) {
        if (!ours.contains(name)) {
            Bucket bucket = find(name).orElseGet(() -> create(name, region));
            refuseRetention(bucket);
            ours.add(name);
        }
    }

    /** It is not there any more. */
    void forget(String name) {
        ours.remove(name);
    }

    private Optional<Bucket> find(String name) {
        try {
            return storage.list(
                            BucketListOption.prefix(name),
                            BucketListOption.fields(BucketField.NAME, BucketField.RETENTION_POLICY))
                    .streamAll()
                    .filter(bucket -> bucket.getName().equals(name))
                    .findFirst();
        } catch (StorageException e) {
            throw GoogleFailures.of("find the staging bucket " + name, e);
        }
    }

    private Bucket create(String name, String region) {
        String tried = "create the staging bucket " + name + " in " + region;
        try {
            return storage.create(
                    BucketInfo.newBuilder(name)
                            .setLocation(region)
                            .setIamConfiguration(
                                    IamConfiguration.newBuilder()
                                            .setIsUniformBucketLevelAccessEnabled(true)
                                            .build())
                            .setCors(List.of(CONSOLE))
                            .build());
        } catch (StorageException e) {
            if (e.getCode() == CONFLICT) {
                return find(name).orElseThrow(() -> foreign(tried, e));
            }
            throw GoogleFailures.of(tried, e);
        }
    }

    private static GatewayException foreign(String tried, StorageException failure) {
        return new GatewayException(
                FailureKind.REFUSED,
                tried,
                "another project has a bucket of that name; nothing is written to it",
                failure);
    }

    /** What builds read has to be deletable by who owns it; Google's own path sets none either. */
    private static void refuseRetention(Bucket bucket) {
        if (bucket.getRetentionPeriodDuration() != null) {
            throw new GatewayException(
                    FailureKind.REFUSED,
                    "use the staging bucket " + bucket.getName(),
                    "it has a retention policy; remove the policy",
                    null);
        }
    }
}
