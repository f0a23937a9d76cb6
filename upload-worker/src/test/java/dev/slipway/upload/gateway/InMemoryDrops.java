package dev.slipway.upload.gateway;

import dev.slipway.contracts.ObjectVersion;
import dev.slipway.kit.FailureKind;
import dev.slipway.kit.GatewayException;
import dev.slipway.upload.decide.Drop;
import dev.slipway.upload.decide.DropName;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** The model of the drop bucket, with object versioning. */
public final class InMemoryDrops implements Drops {
    private record Kept(Drop drop, byte[] content) {}

    private final Map<ObjectVersion, Kept> kept = new LinkedHashMap<>();
    private final List<String> deleted = new ArrayList<>();
    private final List<FailureKind> refusals = new ArrayList<>();
    private final String bucket;
    private final InstantSource clock;
    private long lastGeneration = 1_700_000_000_000_000L;
    private Runnable beforeFetch = () -> {};

    /** An empty bucket whose objects are created by this clock. */
    public InMemoryDrops(String bucket, InstantSource clock) {
        this.bucket = bucket;
        this.clock = clock;
    }

    /** Uploads an object; what stood under its name becomes noncurrent. */
    public synchronized ObjectVersion put(
            String object, byte[] content, @Nullable String correlation) {
        ObjectVersion version = new ObjectVersion(bucket, object, ++lastGeneration);
        Drop drop = new Drop(version, clock.instant().toEpochMilli(), content.length, correlation);
        kept.put(version, new Kept(drop, content.clone()));
        deleted.remove(object);
        return version;
    }

    /** Deletes the object: its generations become noncurrent. */
    public synchronized void delete(String object) {
        deleted.add(object);
    }

    /** Removes one generation for good. */
    public synchronized void remove(ObjectVersion version) {
        kept.remove(version);
    }

    /** The next so many fetches fail in this way. */
    public synchronized void refuseFetch(FailureKind kind, int times) {
        for (int time = 0; time < times; time++) {
            refusals.add(kind);
        }
    }

    /** Something that happens once before the next fetch. */
    public void beforeNextFetch(Runnable happening) {
        beforeFetch = happening;
    }

    @Override
    public synchronized Optional<Drop> find(ObjectVersion version) {
        return Optional.ofNullable(kept.get(version)).map(Kept::drop);
    }

    @Override
    public synchronized Optional<Drop> current(String object) {
        return deleted.contains(object)
                ? Optional.empty()
                : kept.values().stream()
                        .map(Kept::drop)
                        .filter(drop -> drop.version().object().equals(object))
                        .max(Comparator.comparingLong(drop -> drop.version().generation()));
    }

    @Override
    public boolean fetch(Drop drop, Path file) {
        Runnable happening = beforeFetch;
        beforeFetch = () -> {};
        happening.run();
        synchronized (this) {
            if (!refusals.isEmpty()) {
                FailureKind kind = refusals.removeFirst();
                throw new GatewayException(kind, "download it", "the answer was " + kind, null);
            }
            Kept found = kept.get(drop.version());
            if (found != null) {
                write(file, found.content);
            }
            return found != null;
        }
    }

    private static void write(Path file, byte[] content) {
        try {
            Files.write(file, content, StandardOpenOption.CREATE_NEW);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Override
    public void createdSince(long timeCreated, Consumer<Drop> each) {
        List<Drop> found;
        synchronized (this) {
            found =
                    kept.values().stream()
                            .map(Kept::drop)
                            .filter(drop -> drop.timeCreated() >= timeCreated)
                            .filter(drop -> !drop.version().object().startsWith(DropName.ANSWERS))
                            .toList();
        }
        found.forEach(each);
    }
}
