package dev.slipway.local.artifacts;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.Stream;

/**
 * The uploads that are open. They are not kept over a restart: a client that finds its upload
 * unknown starts again, as the specification says.
 */
final class Uploads {
    private static final int MOST_OPEN = 1000;
    private static final Duration ABANDONED_AFTER = Duration.ofHours(1);

    private final Path directory;
    private final InstantSource clock;
    private final Map<String, Upload> open = new ConcurrentHashMap<>();

    Uploads(Path directory, InstantSource clock) {
        this.directory = directory;
        this.clock = clock;
        deleteLeftovers();
    }

    private void deleteLeftovers() {
        try (Stream<Path> files = Files.list(directory)) {
            for (Path file : files.toList()) {
                Files.delete(file);
            }
        } catch (IOException e) {
            throw new UncheckedIOException("cannot delete unfinished uploads in " + directory, e);
        }
    }

    /**
     * Opens one and answers its id.
     *
     * @throws RegistryError TOOMANYREQUESTS where too many are open
     */
    String begin(ImageName image) throws IOException {
        Instant now = clock.instant();
        for (Map.Entry<String, Upload> entry : List.copyOf(open.entrySet())) {
            if (entry.getValue().touched().isBefore(now.minus(ABANDONED_AFTER))) {
                end(entry.getKey());
            }
        }
        if (open.size() >= MOST_OPEN) {
            throw new RegistryError(
                    ErrorCode.TOOMANYREQUESTS,
                    "at most " + MOST_OPEN + " uploads may be open; finish or delete some");
        }
        String id = UUID.randomUUID().toString();
        Path file = Files.createFile(directory.resolve(id));
        open.put(id, new Upload(image, file, now));
        return id;
    }

    /**
     * The open upload of this image.
     *
     * @throws RegistryError BLOB_UPLOAD_UNKNOWN
     */
    Upload find(ImageName image, String id) {
        Upload upload = open.get(id);
        if (upload == null || !upload.image().equals(image)) {
            throw new RegistryError(
                    ErrorCode.BLOB_UPLOAD_UNKNOWN,
                    "there is no open upload \"" + id + "\" for " + image.value());
        }
        return upload;
    }

    /** Forgets an upload and what it left behind. */
    void end(String id) throws IOException {
        Upload upload = open.remove(id);
        if (upload != null) {
            Files.deleteIfExists(upload.file());
        }
    }
}
