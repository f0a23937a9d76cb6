package dev.slipway.upload.decide;

import org.jspecify.annotations.Nullable;

/**
 * Where a verified source goes, as far as Google's own path says.
 *
 * @param bucket created in {@code region} where there is none; not used with a customer-managed key
 * @param keyedPrefix how the names of the path's buckets with a customer-managed key begin; how
 *     they end is not published. Null: with a key the path has none
 */
public record StagingPlan(
        String bucket, String region, String object, @Nullable String keyedPrefix) {}
