package dev.slipway.upload.decide;

import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * What the operator says of staging; {@code {region}} in either stands for the service's region.
 *
 * @param key the full name of the customer-managed key that sources are encrypted with; null: the
 *     platform's own
 * @param bucket the bucket to stage in; null: the one that Google's path has
 */
public record OperatorStaging(@Nullable String key, @Nullable String bucket) {
    /** What the operator calls the key. */
    public static final String KEY_SETTING = "slipway.upload.staging.kms-key";

    /** What the operator calls the bucket. */
    public static final String BUCKET_SETTING = "slipway.upload.staging.bucket";

    /** Everything is as Google's path has it without a key. */
    public static final OperatorStaging NONE = new OperatorStaging(null, null);

    private static final Pattern KEY =
            Pattern.compile(
                    "projects/[^/\\s]+/locations/([^/\\s]+)/keyRings/[^/\\s]+/cryptoKeys/[^/\\s]+");
    private static final Pattern BUCKET = Pattern.compile("[a-z0-9][a-z0-9._-]{1,220}[a-z0-9]");

    /**
     * The settings, fit for each of the regions: a bucket's default key has to be in its region.
     *
     * @param own the installation's own buckets, in which nothing is staged
     * @throws IllegalArgumentException where one is not, and says what is allowed
     */
    public static OperatorStaging of(
            Optional<String> key, Optional<String> bucket, List<String> regions, Set<String> own) {
        OperatorStaging staging = new OperatorStaging(key.orElse(null), bucket.orElse(null));
        for (String region : regions) {
            staging.keyIn(region).ifPresent(one -> checkKey(one, region));
            staging.bucketIn(region).ifPresent(one -> checkBucket(one, own));
        }
        return staging;
    }

    private static void checkKey(String key, String region) {
        Matcher form = KEY.matcher(key);
        if (!form.matches()) {
            throw refused(
                    KEY_SETTING,
                    key,
                    "projects/PROJECT/locations/REGION/keyRings/RING/cryptoKeys/KEY, where"
                            + " {region} stands for the service's region");
        }
        if (!form.group(1).equals(region)) {
            throw refused(
                    KEY_SETTING,
                    key,
                    "a key in "
                            + region
                            + " for services there; write {region} where the regions differ");
        }
    }

    private static void checkBucket(String bucket, Set<String> own) {
        if (own.contains(bucket)) {
            throw refused(
                    BUCKET_SETTING, bucket, "a bucket that is neither for drops nor the ledger");
        }
        if (!BUCKET.matcher(bucket).matches()) {
            throw refused(
                    BUCKET_SETTING,
                    bucket,
                    "a bucket's name, where {region} stands for the service's region");
        }
    }

    private static IllegalArgumentException refused(String setting, String is, String allowed) {
        return new IllegalArgumentException(
                setting + " is '" + is + "'; allowed is " + allowed + ".");
    }

    /** The key of services in this region. */
    public Optional<String> keyIn(String region) {
        return in(region, key);
    }

    /** The bucket for services in this region. */
    public Optional<String> bucketIn(String region) {
        return in(region, bucket);
    }

    private static Optional<String> in(String region, @Nullable String text) {
        return Optional.ofNullable(text).map(one -> one.replace("{region}", region));
    }
}
