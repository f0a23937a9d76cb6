package dev.slipway.local;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.h2.mvstore.MVMap;
import org.h2.mvstore.MVStore;

/**
 * What is kept over restarts: named, ordered, concurrent maps in one file, and a directory for
 * large bytes. Every write is visible at once and reaches the file within 50 ms, and when this is
 * closed.
 */
public final class State implements AutoCloseable {
    private static final int COMMIT_EVERY_MILLIS = 50;

    /**
     * Who lists a map reads the version at which it began, whose chunks the store's own tidying
     * takes away as soon as that version is none of these: "Chunk … not found".
     */
    private static final int VERSIONS_READABLE = 100;

    /** A small change writes its whole page anew, so pages are small. */
    private static final int PAGE_BYTES = 4096;

    private final Path directory;
    private final MVStore store;

    /** Opens, or makes, the state below {@code directory}. */
    public State(Path directory) {
        this.directory = directory;
        try {
            Files.createDirectories(directory);
        } catch (IOException e) {
            throw new UncheckedIOException("cannot make the state directory " + directory, e);
        }
        this.store =
                new MVStore.Builder()
                        .fileName(directory.resolve("state.mv").toString())
                        .pageSplitSize(PAGE_BYTES)
                        .open();
        store.setAutoCommitDelay(COMMIT_EVERY_MILLIS);
        store.setVersionsToKeep(VERSIONS_READABLE);
    }

    /** The map of this name; keys sort as text. Values are protobuf or JSON bytes. */
    public MVMap<String, byte[]> map(String name) {
        return store.openMap(name);
    }

    /** A directory below the state's, made if absent. */
    public Path directory(String name) {
        try {
            return Files.createDirectories(directory.resolve(name));
        } catch (IOException e) {
            throw new UncheckedIOException("cannot make the state directory " + name, e);
        }
    }

    /** Writes everything to the file now. */
    public void flush() {
        store.commit();
    }

    @Override
    public void close() {
        store.close();
    }
}
