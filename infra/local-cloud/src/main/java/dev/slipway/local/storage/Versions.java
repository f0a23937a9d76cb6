package dev.slipway.local.storage;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.concurrent.locks.Lock;
import java.util.concurrent.locks.ReentrantLock;
import java.util.concurrent.locks.ReentrantReadWriteLock;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.function.Supplier;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * Every object's generations, and the only place where they change. A change reads, compares and
 * writes under the lock of its object's name: that is what preconditions rest on. It returns when
 * the change is saved.
 */
final class Versions {
    private static final int LOCKS = 256;

    private final Journal journal;
    private final Ticks ticks;
    private final Contents contents;
    private final Outbox outbox;
    private final Supplier<Links> links;
    private final List<Lock> locks =
            Stream.<Lock>generate(ReentrantLock::new).limit(LOCKS).toList();
    private final ReentrantReadWriteLock bucketsStand = new ReentrantReadWriteLock();

    Versions(
            Journal journal, Ticks ticks, Contents contents, Outbox outbox, Supplier<Links> links) {
        this.journal = journal;
        this.ticks = ticks;
        this.contents = contents;
        this.outbox = outbox;
        this.links = links;
    }

    /** The live generation, or null. */
    @Nullable ObjectVersion live(String bucket, String name) {
        return read(Keys.live(bucket, name));
    }

    /**
     * A generation, or null.
     *
     * @param generation null for the live one
     */
    @Nullable ObjectVersion find(String bucket, String name, @Nullable Long generation) {
        ObjectVersion live = live(bucket, name);
        if (generation == null || (live != null && live.generation() == generation)) {
            return live;
        }
        return read(Keys.noncurrent(bucket, name, generation));
    }

    private @Nullable ObjectVersion read(String key) {
        byte[] kept = journal.get(key);
        return kept == null ? null : Json.read(kept, ObjectVersion.class);
    }

    /**
     * Writes a new generation.
     *
     * @param mayReplace is asked before a live generation is replaced
     */
    ObjectVersion insert(
            String bucket,
            String name,
            Content content,
            ObjectNode settings,
            Preconditions preconditions,
            Consumer<ObjectVersion> mayReplace) {
        return changing(
                bucket,
                name,
                standing -> {
                    ObjectVersion live = live(bucket, name);
                    preconditions.requireForWrite(live, live);
                    if (live != null) {
                        mayReplace.accept(live);
                    }
                    return insert(standing, name, content, settings, live);
                });
    }

    private Changed insert(
            Bucket bucket,
            String name,
            Content content,
            ObjectNode settings,
            @Nullable ObjectVersion live) {
        long tick = ticks.next();
        contents.keep(content, tick);
        ObjectVersion written =
                new ObjectVersion(
                        bucket.name(),
                        name,
                        tick,
                        1,
                        content.size(),
                        content.crc32c(),
                        content.md5Hash(),
                        content.components(),
                        tick,
                        null,
                        settings);
        Changed changed = new Changed(bucket, written);
        long replaced = live == null ? 0 : live.generation();
        changed.tell(new Event(Event.FINALIZE, written, replaced, tick));
        if (live != null) {
            changed.retire(live, tick, tick);
        }
        changed.change.write(Keys.live(bucket.name(), name), written);
        return changed;
    }

    /** Changes a generation's metadata. */
    ObjectVersion update(
            String bucket,
            String name,
            @Nullable Long generation,
            Preconditions preconditions,
            UnaryOperator<ObjectNode> settings) {
        return changing(
                bucket,
                name,
                standing -> {
                    ObjectVersion target = target(bucket, name, generation, preconditions);
                    long tick = ticks.next();
                    ObjectVersion written =
                            target.with(settings.apply(target.settings().deepCopy()), tick);
                    Changed changed = new Changed(standing, written);
                    changed.change.write(keyOf(written), written);
                    changed.tell(new Event(Event.METADATA_UPDATE, written, 0, tick));
                    return changed;
                });
    }

    /**
     * Deletes: the live generation becomes noncurrent where the bucket is versioned; a generation
     * that was named is gone for good.
     */
    void delete(
            String bucket, String name, @Nullable Long generation, Preconditions preconditions) {
        changing(
                bucket,
                name,
                standing -> {
                    ObjectVersion target = target(bucket, name, generation, preconditions);
                    long tick = ticks.next();
                    Changed changed = new Changed(standing, target);
                    if (generation == null) {
                        changed.change.remove(keyOf(target));
                        changed.retire(target, tick, 0);
                    } else {
                        changed.remove(target, tick, 0);
                    }
                    return changed;
                });
    }

    private ObjectVersion target(
            String bucket, String name, @Nullable Long generation, Preconditions preconditions) {
        ObjectVersion target = find(bucket, name, generation);
        if (target == null) {
            throw StorageError.noSuchObject(bucket, name);
        }
        preconditions.requireForWrite(live(bucket, name), target);
        return target;
    }

    private static String keyOf(ObjectVersion version) {
        return version.deleted() == null
                ? Keys.live(version.bucket(), version.name())
                : Keys.noncurrent(version.bucket(), version.name(), version.generation());
    }

    private ObjectVersion changing(String bucket, String name, Function<Bucket, Changed> decide) {
        Changed changed;
        Lock lock = locks.get(Math.floorMod((bucket + "/" + name).hashCode(), LOCKS));
        bucketsStand.readLock().lock();
        lock.lock();
        try {
            byte[] kept = journal.get(Keys.bucket(bucket));
            if (kept == null) {
                throw StorageError.noSuchBucket();
            }
            changed = decide.apply(Json.read(kept, Bucket.class));
            journal.change(changed.change);
        } finally {
            lock.unlock();
            bucketsStand.readLock().unlock();
        }
        outbox.wake();
        journal.save();
        changed.gone.forEach(generation -> contents.discard(contents.of(generation)));
        return changed.result;
    }

    /** Deletes a bucket that holds nothing; false where it holds something. */
    boolean deleteEmpty(String bucket) {
        bucketsStand.writeLock().lock();
        try {
            if (holdsSomething(Keys.live(bucket)) || holdsSomething(Keys.noncurrent(bucket))) {
                return false;
            }
            journal.remove(Keys.bucket(bucket));
        } finally {
            bucketsStand.writeLock().unlock();
        }
        journal.save();
        return true;
    }

    private boolean holdsSomething(String prefix) {
        return journal.entries(prefix, "").hasNext();
    }

    /** The noncurrent generations of a bucket that became so at a tick or before. */
    List<ObjectVersion> noncurrentUntil(String bucket, long tick) {
        List<ObjectVersion> old = new ArrayList<>();
        Iterator<Map.Entry<String, byte[]>> all = journal.entries(Keys.noncurrent(bucket), "");
        while (all.hasNext()) {
            ObjectVersion version = Json.read(all.next().getValue(), ObjectVersion.class);
            if (version.deleted() != null && version.deleted() <= tick) {
                old.add(version);
            }
        }
        return old;
    }

    /**
     * One change as it is put together: entries, messages, and the files that are then useless. A
     * generation stands as noncurrent before it ceases to be live, so that a reader always finds
     * it.
     */
    private final class Changed {
        private final Bucket bucket;
        private final ObjectVersion result;
        private final Journal.Change change = Journal.Change.empty();
        private final List<Long> gone = new ArrayList<>();

        Changed(Bucket bucket, ObjectVersion result) {
            this.bucket = bucket;
            this.result = result;
        }

        void tell(Event event) {
            outbox.add(change, bucket, event, links.get());
        }

        void retire(ObjectVersion live, long tick, long by) {
            if (!bucket.versioned()) {
                gone.add(live.generation());
                tell(new Event(Event.DELETE, live.noncurrentSince(tick), by, tick));
                return;
            }
            ObjectVersion noncurrent = live.noncurrentSince(tick);
            change.write(keyOf(noncurrent), noncurrent);
            tell(new Event(Event.ARCHIVE, noncurrent, by, tick));
        }

        void remove(ObjectVersion version, long tick, long by) {
            change.remove(keyOf(version));
            gone.add(version.generation());
            tell(new Event(Event.DELETE, version, by, tick));
        }
    }
}
