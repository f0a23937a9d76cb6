package dev.slipway.upload.gateway;

import dev.slipway.contracts.ObjectVersion;
import dev.slipway.kit.FailureKind;
import dev.slipway.kit.GatewayException;
import dev.slipway.upload.decide.OperatorStaging;
import dev.slipway.upload.decide.StagingChoice;
import dev.slipway.upload.decide.StagingChoice.Create;
import dev.slipway.upload.decide.StagingChoice.Listed;
import dev.slipway.upload.decide.StagingChoice.Refuse;
import dev.slipway.upload.decide.StagingChoice.Use;
import dev.slipway.upload.decide.StagingPlan;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** The model of the staging buckets. */
public final class InMemoryStaging implements Staging {
    private record Kept(ObjectVersion version, byte[] content) {}

    private record Bucket(String region, @Nullable String key) {}

    private final Map<String, Bucket> buckets = new LinkedHashMap<>();
    private final Set<String> unusable = new HashSet<>();
    private final Map<String, Kept> objects = new LinkedHashMap<>();
    private final List<FailureKind> refusals = new ArrayList<>();
    private long lastGeneration = 5_000;
    private Runnable beforeAnswer = () -> {};
    private OperatorStaging operator = OperatorStaging.NONE;

    /** What the operator says from now on. */
    public synchronized void obey(OperatorStaging says) {
        operator = says;
    }

    /** Makes a bucket of this project, where its default key is this, if any. */
    public synchronized void make(String bucket, String region, @Nullable String key) {
        buckets.put(bucket, new Bucket(region, key));
    }

    /** The names of this project's buckets. */
    public synchronized List<String> buckets() {
        return List.copyOf(buckets.keySet());
    }

    /** A bucket that is another project's, or has a retention policy. */
    public synchronized void makeUnusable(String bucket) {
        unusable.add(bucket);
    }

    /** The next so many calls fail in this way. */
    public synchronized void refuse(FailureKind kind, int times) {
        for (int time = 0; time < times; time++) {
            refusals.add(kind);
        }
    }

    /** Something that happens once between storing and the answer. */
    public void beforeNextAnswer(Runnable happening) {
        beforeAnswer = happening;
    }

    /** Where a bucket was made. */
    public synchronized String region(String bucket) {
        return Objects.requireNonNull(buckets.get(bucket), bucket).region;
    }

    /** The names of all objects as {@code bucket/object}. */
    public synchronized List<String> names() {
        return List.copyOf(objects.keySet());
    }

    /** The bytes of this generation. */
    public synchronized byte[] read(ObjectVersion version) {
        Kept kept = Objects.requireNonNull(objects.get(version.bucket() + "/" + version.object()));
        if (!kept.version.equals(version)) {
            throw new IllegalArgumentException("there is no " + version);
        }
        return kept.content.clone();
    }

    @Override
    public ObjectVersion stage(StagingPlan plan, Path file) {
        ObjectVersion stored = store(plan, content(file));
        Runnable happening = beforeAnswer;
        beforeAnswer = () -> {};
        happening.run();
        return stored;
    }

    private synchronized ObjectVersion store(StagingPlan plan, byte[] content) {
        if (!refusals.isEmpty()) {
            throw failure(refusals.removeFirst(), plan);
        }
        String bucket = bucket(plan);
        Kept kept =
                objects.computeIfAbsent(
                        bucket + "/" + plan.object(),
                        _ ->
                                new Kept(
                                        new ObjectVersion(bucket, plan.object(), ++lastGeneration),
                                        content));
        if (!Arrays.equals(kept.content, content)) {
            throw failure(FailureKind.REFUSED, plan);
        }
        return kept.version;
    }

    private String bucket(StagingPlan plan) {
        return switch (StagingChoice.of(plan, operator, listed())) {
            case Use(String bucket) -> bucket;
            case Create(String bucket) when unusable.contains(bucket) ->
                    throw failure(FailureKind.REFUSED, plan);
            case Create(String bucket) -> {
                make(bucket, plan.region(), null);
                yield bucket;
            }
            case Refuse(String tried, String why) ->
                    throw new GatewayException(FailureKind.REFUSED, tried, why, null);
        };
    }

    private List<Listed> listed() {
        return buckets.entrySet().stream()
                .map(
                        bucket ->
                                new Listed(
                                        bucket.getKey(),
                                        bucket.getValue().key,
                                        unusable.contains(bucket.getKey())))
                .toList();
    }

    private static byte[] content(Path file) {
        try {
            return Files.readAllBytes(file);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static GatewayException failure(FailureKind kind, StagingPlan plan) {
        return new GatewayException(kind, "stage " + plan.object(), "the answer was " + kind, null);
    }
}
