package dev.slipway.cli.answers;

import com.google.cloud.storage.Blob;
import com.google.cloud.storage.BlobId;
import com.google.cloud.storage.Storage;
import com.google.cloud.storage.Storage.BlobGetOption;
import com.google.cloud.storage.StorageException;
import java.util.Optional;
import java.util.function.Function;

/**
 * Reads one object, its bytes only when they are new.
 *
 * @param <N> what stands in it
 */
public final class StoredNews<N> {
    private static final int NOT_MODIFIED = 304;
    private static final int NOT_FOUND = 404;
    private static final int LARGEST_BYTES = 1 << 20;

    private final Storage storage;
    private final BlobId name;
    private final Function<byte[], Optional<N>> parse;
    private long lastGeneration;

    /**
     * The object of this name.
     *
     * @param parse nothing where the bytes are none of it
     */
    public StoredNews(
            Storage storage, String bucket, String object, Function<byte[], Optional<N>> parse) {
        this.storage = storage;
        this.name = BlobId.of(bucket, object);
        this.parse = parse;
    }

    /** What stands there if it changed since it was asked for last; at first, if anything does. */
    public Optional<N> news() {
        try {
            Blob stored =
                    lastGeneration == 0
                            ? storage.get(name)
                            : storage.get(name, BlobGetOption.generationNotMatch(lastGeneration));
            if (stored == null || stored.getGeneration() == lastGeneration) {
                return Optional.empty();
            }
            Optional<N> read = read(stored, parse);
            lastGeneration = stored.getGeneration();
            return read;
        } catch (StorageException e) {
            if (e.getCode() == NOT_MODIFIED || e.getCode() == NOT_FOUND || e.isRetryable()) {
                return Optional.empty(); // asked again soon
            }
            throw e;
        }
    }

    /** What is in an object; nothing where it is too large to be that. */
    static <N> Optional<N> read(Blob stored, Function<byte[], Optional<N>> parse) {
        return stored.getSize() > LARGEST_BYTES
                ? Optional.empty()
                : parse.apply(stored.getContent());
    }
}
