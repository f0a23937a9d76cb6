package dev.slipway.deploy.decide;

import org.jspecify.annotations.Nullable;

/**
 * How the topic or the bucket stands that a trigger is to listen to.
 *
 * @param location where a bucket is, in Cloud Storage's words in small letters ({@code eu}, {@code
 *     europe-west1}); null for a topic, which is everywhere
 */
public record TargetSeen(TriggerPlan plan, boolean there, @Nullable String location) {}
