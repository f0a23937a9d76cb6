package dev.slipway.upload.gateway;

import dev.slipway.contracts.ObjectVersion;
import dev.slipway.kit.FailureKind;
import dev.slipway.kit.GatewayException;
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

/** The model of the staging buckets. */
public final class InMemoryStaging implements Staging {
    private record Kept(ObjectVersion version, byte[] content) {}

    private final Map<String, String> regions = new LinkedHashMap<>();
    private final Set<String> unusable = new HashSet<>();
    private final Map<String, Kept> objects = new LinkedHashMap<>();
    private final List<FailureKind> refusals = new ArrayList<>();
    private long lastGeneration = 5_000;
    private Runnable beforeAnswer = () -> {};

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
        return Objects.requireNonNull(regions.get(bucket), bucket);
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
        if (unusable.contains(plan.bucket())) {
            throw failure(FailureKind.REFUSED, plan);
        }
        regions.putIfAbsent(plan.bucket(), plan.region());
        Kept kept =
                objects.computeIfAbsent(
                        plan.bucket() + "/" + plan.object(),
                        _ ->
                                new Kept(
                                        new ObjectVersion(
                                                plan.bucket(), plan.object(), ++lastGeneration),
                                        content));
        if (!Arrays.equals(kept.content, content)) {
            throw failure(FailureKind.REFUSED, plan);
        }
        return kept.version;
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
