package dev.slipway.upload.decide;

/**
 * Where a verified source goes.
 *
 * @param bucket created in {@code region} where there is none
 */
public record StagingPlan(String bucket, String region, String object) {}
