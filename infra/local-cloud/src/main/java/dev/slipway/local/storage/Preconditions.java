package dev.slipway.local.storage;

import org.jspecify.annotations.Nullable;

/**
 * What a call demands of the object as it stands. Generations are compared with the live one, 0
 * being none; metagenerations with that of the version the call is about
 * (cloud.google.com/storage/docs/request-preconditions).
 */
record Preconditions(
        @Nullable Long generation,
        @Nullable Long notGeneration,
        @Nullable Long metageneration,
        @Nullable Long notMetageneration) {
    static final Preconditions NONE = new Preconditions(null, null, null, null);

    /**
     * Those of a call.
     *
     * @param prefix {@code if}, or {@code ifSource} for what is copied
     */
    static Preconditions of(Call call, String prefix) {
        return new Preconditions(
                call.number(prefix + "GenerationMatch"),
                call.number(prefix + "GenerationNotMatch"),
                call.number(prefix + "MetagenerationMatch"),
                call.number(prefix + "MetagenerationNotMatch"));
    }

    /** 412 unless a write may go on. */
    void requireForWrite(@Nullable ObjectVersion live, @Nullable ObjectVersion target) {
        if (misses(live, target) || hits(live, target)) {
            throw StorageError.preconditionFailed();
        }
    }

    /** 412, or 304 for what must not match, unless a read may go on. */
    void requireForRead(@Nullable ObjectVersion live, ObjectVersion target) {
        if (misses(live, target)) {
            throw StorageError.preconditionFailed();
        }
        if (hits(live, target)) {
            throw StorageError.notModified();
        }
    }

    /** The same for a bucket, which has a metageneration only. */
    void requireOfBucket(long standing, boolean reading) {
        if (metageneration != null && metageneration != standing) {
            throw StorageError.preconditionFailed();
        }
        if (notMetageneration != null && notMetageneration == standing) {
            throw reading ? StorageError.notModified() : StorageError.preconditionFailed();
        }
    }

    private boolean misses(@Nullable ObjectVersion live, @Nullable ObjectVersion target) {
        return (generation != null && generation != generationOf(live))
                || (metageneration != null && metageneration != metagenerationOf(target));
    }

    private boolean hits(@Nullable ObjectVersion live, @Nullable ObjectVersion target) {
        return (notGeneration != null && notGeneration == generationOf(live))
                || (notMetageneration != null && notMetageneration == metagenerationOf(target));
    }

    private static long generationOf(@Nullable ObjectVersion version) {
        return version == null ? 0 : version.generation();
    }

    private static long metagenerationOf(@Nullable ObjectVersion version) {
        return version == null ? 0 : version.metageneration();
    }
}
