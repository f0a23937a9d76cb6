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
import dev.slipway.upload.decide.OperatorStaging;
import dev.slipway.upload.decide.StagingChoice;
import dev.slipway.upload.decide.StagingChoice.Create;
import dev.slipway.upload.decide.StagingChoice.Listed;
import dev.slipway.upload.decide.StagingChoice.Refuse;
import dev.slipway.upload.decide.StagingChoice.Use;
import dev.slipway.upload.decide.StagingPlan;
import jakarta.inject.Singleton;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.Stream;

/**
 * The buckets that sources are staged in, made as gcloud makes them, unless the operator has
 * others. Names of buckets are global and these can be guessed, so a bucket is used only when the
 * project's own list has it: that one can be read proves nothing. Those seen once are not asked for
 * again.
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
    private final OperatorStaging operator;

    /** The bucket that is used, by the one that Google's path has for the profile and region. */
    private final Map<String, String> ours = new ConcurrentHashMap<>();

    StagingBuckets(Storage storage, OperatorStaging operator) {
        this.storage = storage;
        this.operator = operator;
    }

    /**
     * Returns the bucket to use once it is there and proven to be this project's.
     *
     * @throws GatewayException {@code REFUSED} where it is another project's, has a retention
     *     policy, or is not what the operator's key or bucket asks for
     */
    String ensure(StagingPlan plan) {
        String known = ours.get(plan.bucket());
        if (known != null) {
            return known;
        }
        List<Listed> listed =
                StagingChoice.prefixes(plan, operator).stream()
                        .flatMap(prefix -> list(prefix).stream())
                        .distinct()
                        .toList();
        String bucket = decided(plan, listed);
        ours.put(plan.bucket(), bucket);
        return bucket;
    }

    private String decided(StagingPlan plan, List<Listed> listed) {
        return switch (StagingChoice.of(plan, operator, listed)) {
            case Use(String bucket) -> bucket;
            case Create(String bucket) -> decided(plan, List.of(create(bucket, plan.region())));
            case Refuse(String tried, String why) ->
                    throw new GatewayException(FailureKind.REFUSED, tried, why, null);
        };
    }

    /** It is not there any more. */
    void forget(StagingPlan plan) {
        ours.remove(plan.bucket());
    }

    private List<Listed> list(String prefix) {
        try {
            return storage.list(
                            BucketListOption.prefix(prefix),
                            BucketListOption.fields(
                                    BucketField.NAME,
                                    BucketField.ENCRYPTION,
                                    BucketField.RETENTION_POLICY))
                    .streamAll()
                    .map(StagingBuckets::listed)
                    .toList();
        } catch (StorageException e) {
            throw GoogleFailures.of("find the staging bucket " + prefix, e);
        }
    }

    private static Listed listed(Bucket bucket) {
        return new Listed(
                bucket.getName(),
                bucket.getDefaultKmsKeyName(),
                bucket.getRetentionPeriodDuration() != null);
    }

    private Listed create(String name, String region) {
        String tried = "create the staging bucket " + name + " in " + region;
        try {
            return listed(
                    storage.create(
                            BucketInfo.newBuilder(name)
                                    .setLocation(region)
                                    .setIamConfiguration(
                                            IamConfiguration.newBuilder()
                                                    .setIsUniformBucketLevelAccessEnabled(true)
                                                    .build())
                                    .setCors(List.of(CONSOLE))
                                    .build()));
        } catch (StorageException e) {
            if (e.getCode() == CONFLICT) {
                return list(name).stream()
                        .filter(bucket -> bucket.name().equals(name))
                        .findFirst()
                        .orElseThrow(() -> foreign(tried, e));
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
}
