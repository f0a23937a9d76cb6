package dev.slipway.local.storage;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.nio.file.NoSuchFileException;

/** How bytes become an object, however they came. */
final class Arrivals {
    /** Where bytes come from. */
    interface Source {
        /** Reads all of them. */
        Content read() throws IOException;
    }

    private final Buckets buckets;
    private final Versions versions;
    private final Contents contents;
    private final Access access;

    Arrivals(Buckets buckets, Versions versions, Contents contents, Access access) {
        this.buckets = buckets;
        this.versions = versions;
        this.contents = contents;
        this.access = access;
    }

    /** Refuses what the caller may not write at all, before anything is read. */
    void requireWritable(String bucket, String name) {
        buckets.get(bucket);
        ObjectSettings.name(name);
        access.toObject("storage.objects.create", bucket, name);
    }

    private static Content read(Source source, String bucket, String name) throws IOException {
        try {
            return source.read();
        } catch (NoSuchFileException _) { // what is copied was deleted meanwhile
            throw StorageError.noSuchObject(bucket, name);
        }
    }

    /** Writes a new generation; who replaces one must also be allowed to delete it. */
    ObjectVersion write(
            String bucket,
            String name,
            Source source,
            ObjectNode settings,
            Preconditions preconditions)
            throws IOException {
        requireWritable(bucket, name);
        Content content = read(source, bucket, name);
        try {
            return versions.insert(
                    bucket,
                    name,
                    content,
                    settings,
                    preconditions,
                    _ -> access.toObject("storage.objects.delete", bucket, name));
        } finally {
            contents.discard(content.file());
        }
    }
}
