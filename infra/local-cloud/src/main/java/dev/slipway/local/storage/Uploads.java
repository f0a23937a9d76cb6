package dev.slipway.local.storage;

import static java.nio.file.StandardOpenOption.APPEND;
import static java.nio.file.StandardOpenOption.CREATE;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * Resumable uploads under way. What arrived is kept over a restart; an upload that is older than a
 * week is forgotten.
 */
final class Uploads {
    private static final int ID_BYTES = 24;
    private static final long LONGEST_MICROS = TimeUnit.DAYS.toMicros(7);

    private final Journal journal;
    private final Ticks ticks;
    private final Contents contents;
    private final SecureRandom random = new SecureRandom();

    Uploads(Journal journal, Ticks ticks, Contents contents) {
        this.journal = journal;
        this.ticks = ticks;
        this.contents = contents;
    }

    Upload start(
            String bucket,
            String name,
            ObjectNode settings,
            Preconditions preconditions,
            @Nullable String crc32c,
            @Nullable String md5Hash)
            throws IOException {
        byte[] id = new byte[ID_BYTES];
        random.nextBytes(id);
        Upload upload =
                new Upload(
                        HexFormat.of().formatHex(id),
                        bucket,
                        name,
                        settings,
                        preconditions,
                        crc32c,
                        md5Hash,
                        ticks.next(),
                        0);
        Files.createFile(file(upload));
        journal.put(Keys.UPLOADS + upload.id(), Json.write(upload));
        journal.save();
        return upload;
    }

    /** The upload of this id; 404 where there is none. */
    Upload get(String id) {
        byte[] kept = journal.get(Keys.UPLOADS + id);
        if (kept == null) {
            throw StorageError.notFound("No such upload: " + id);
        }
        return Json.read(kept, Upload.class);
    }

    Path file(Upload upload) {
        return contents.upload(upload.id());
    }

    long received(Upload upload) throws IOException {
        return Files.size(file(upload));
    }

    /** Adds bytes that start at {@code first}; those that arrived before are passed over. */
    void append(Upload upload, long first, InputStream bytes) throws IOException {
        long received = received(upload);
        if (first > received) {
            throw StorageError.ahead(first, received);
        }
        bytes.skipNBytes(received - first);
        try (OutputStream out = Files.newOutputStream(file(upload), CREATE, APPEND)) {
            bytes.transferTo(out);
        }
    }

    void complete(Upload upload, ObjectVersion written) {
        Upload done = upload.completedAs(written.generation());
        journal.put(Keys.UPLOADS + upload.id(), Json.write(done));
    }

    void forget(Upload upload) {
        journal.remove(Keys.UPLOADS + upload.id());
        contents.discard(file(upload));
    }

    /** Forgets what is too old; the files of the others. */
    List<Path> sweep() {
        long now = ticks.next();
        List<Path> files = new ArrayList<>();
        journal.entries(Keys.UPLOADS, "")
                .forEachRemaining(
                        entry -> {
                            Upload upload = Json.read(entry.getValue(), Upload.class);
                            if (now - upload.started() > LONGEST_MICROS) {
                                forget(upload);
                            } else {
                                files.add(file(upload));
                            }
                        });
        return files;
    }
}
