package dev.slipway.upload;

import dev.slipway.kit.SlipwayConfig;
import jakarta.inject.Singleton;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.concurrent.Semaphore;
import java.util.stream.Stream;
import org.jboss.logging.Logger;

/**
 * The folder that archives pass through, and how many at once: as many as this stage has in hand,
 * whether messages, the sweep or the listing brought them.
 */
@Singleton
final class Spool {
    private static final Logger LOG = Logger.getLogger(Spool.class);

    /** No work is still on after this; a killed process left it. */
    private static final Duration ABANDONED_AFTER = Duration.ofHours(1);

    private final Path folder;
    private final Semaphore places;
    private final InstantSource clock;

    /** Work on files. */
    @FunctionalInterface
    interface Work<T> {
        T in(Path folder) throws IOException;
    }

    Spool(SlipwayConfig config, UploadConfig upload, InstantSource clock) {
        this.folder =
                upload.spool()
                        .orElseGet(
                                () ->
                                        Path.of(
                                                System.getProperty("java.io.tmpdir"),
                                                config.installation() + "-upload"));
        this.places = new Semaphore(config.stage().concurrency());
        this.clock = clock;
    }

    /** Does the work in an empty folder of its own, which is removed afterwards. */
    <T> T with(Work<T> work) {
        places.acquireUninterruptibly();
        try {
            Path own = Files.createTempDirectory(Files.createDirectories(folder), "drop");
            try {
                return work.in(own);
            } finally {
                remove(own);
            }
        } catch (IOException e) {
            throw new UncheckedIOException("the spool folder " + folder + " does not work", e);
        } finally {
            places.release();
        }
    }

    /** Removes what killed processes left. */
    void sweepOut() {
        Instant limit = clock.instant().minus(ABANDONED_AFTER);
        try (Stream<Path> listed = Files.list(Files.createDirectories(folder))) {
            for (Path left : listed.toList()) {
                if (Files.getLastModifiedTime(left).toInstant().isBefore(limit)) {
                    remove(left);
                }
            }
        } catch (IOException e) {
            LOG.warnf("the spool folder %s could not be swept out: %s", folder, e.getMessage());
        }
    }

    private static void remove(Path own) throws IOException {
        List<Path> files;
        try (Stream<Path> listed = Files.list(own)) {
            files = listed.toList();
        }
        for (Path file : files) {
            Files.deleteIfExists(file);
        }
        Files.deleteIfExists(own);
    }
}
