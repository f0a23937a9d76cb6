package dev.slipway.local.storage;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/** The buckets. Every change returns when it is saved. */
final class Buckets {
    private final Journal journal;
    private final Versions versions;

    Buckets(Journal journal, Versions versions) {
        this.journal = journal;
        this.versions = versions;
    }

    /** The bucket of this name; 404 where there is none. */
    Bucket get(String name) {
        Bucket bucket = find(name);
        if (bucket == null) {
            throw StorageError.noSuchBucket();
        }
        return bucket;
    }

    /** The bucket of this name, if there is one. */
    Optional<Bucket> named(String name) {
        return Optional.ofNullable(find(name));
    }

    private @Nullable Bucket find(String name) {
        byte[] kept = journal.get(Keys.bucket(name));
        return kept == null ? null : Json.read(kept, Bucket.class);
    }

    /** All, by name. */
    List<Bucket> all() {
        List<Bucket> all = new ArrayList<>();
        journal.entries(Keys.BUCKETS, "")
                .forEachRemaining(entry -> all.add(Json.read(entry.getValue(), Bucket.class)));
        return all;
    }

    /** Makes a bucket; 409 where its name is taken. */
    Bucket create(Bucket bucket) {
        synchronized (this) {
            if (find(bucket.name()) != null) {
                throw StorageError.conflict(
                        "Your previous request to create the named bucket succeeded and you already"
                                + " own it.");
            }
            journal.put(Keys.bucket(bucket.name()), Json.write(bucket));
        }
        journal.save();
        return bucket;
    }

    /** Changes a bucket under its preconditions. */
    Bucket change(String name, Preconditions preconditions, UnaryOperator<Bucket> change) {
        Bucket changed;
        synchronized (this) {
            Bucket standing = get(name);
            preconditions.requireOfBucket(standing.metageneration(), /* reading= */ false);
            changed = change.apply(standing);
            journal.put(Keys.bucket(name), Json.write(changed));
        }
        journal.save();
        return changed;
    }

    /** Deletes a bucket; 409 where it holds objects. */
    void delete(String name, Preconditions preconditions) {
        synchronized (this) {
            preconditions.requireOfBucket(get(name).metageneration(), /* reading= */ false);
            if (!versions.deleteEmpty(name)) {
                throw StorageError.conflict("The bucket you tried to delete is not empty.");
            }
        }
    }
}
