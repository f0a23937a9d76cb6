package dev.slipway.local.storage;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.channels.Channels;
import java.nio.channels.FileChannel;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Base64;
import java.util.List;
import java.util.Set;
import java.util.concurrent.atomic.AtomicLong;
import java.util.stream.Stream;
import java.util.zip.CRC32C;

/**
 * The objects' bytes: one file for each generation, written beside and moved into place, never
 * changed afterwards.
 */
final class Contents {
    private static final int BUFFER_BYTES = 64 << 10;

    private final Path directory;
    private final Path arriving;
    private final AtomicLong arrivals = new AtomicLong();

    Contents(Path directory) {
        this.directory = directory;
        this.arriving = directory.resolve("arriving");
        try {
            Files.createDirectories(arriving);
        } catch (IOException e) {
            throw new UncheckedIOException("cannot make " + arriving, e);
        }
    }

    /** Where the bytes of a generation are. */
    Path of(long generation) {
        return directory.resolve(Keys.number(generation));
    }

    /** A file of its own for bytes on their way. */
    Path arrival() {
        return arriving.resolve("arrival-" + arrivals.incrementAndGet());
    }

    /** The file of a resumable upload, which outlives a restart. */
    Path upload(String id) {
        return arriving.resolve(Keys.UPLOADS.replace(':', '-') + id);
    }

    /** Takes in everything there is to read. */
    Content receive(InputStream sent) throws IOException {
        Path file = arrival();
        try {
            Hashes hashes = new Hashes();
            try (OutputStream out = Files.newOutputStream(file)) {
                hashes.copy(sent, out);
            }
            return hashes.content(file);
        } catch (IOException | RuntimeException e) {
            Files.deleteIfExists(file);
            throw e;
        }
    }

    /** A resumable upload that is complete. */
    Content uploaded(Path file) throws IOException {
        Hashes hashes = new Hashes();
        try (InputStream in = Files.newInputStream(file)) {
            hashes.copy(in, OutputStream.nullOutputStream());
        }
        return hashes.content(file);
    }

    /** The same bytes as another generation's, without writing them again where that goes. */
    Content copy(ObjectVersion source) throws IOException {
        Path file = arrival();
        try {
            Files.createLink(file, of(source.generation()));
        } catch (FileSystemException | UnsupportedOperationException _) {
            Files.copy(of(source.generation()), file);
        }
        return new Content(
                file, source.size(), source.crc32c(), source.md5Hash(), source.components());
    }

    /** One after the other; such an object has no MD5. */
    Content compose(List<ObjectVersion> sources) throws IOException {
        Path file = arrival();
        Hashes hashes = new Hashes();
        try (OutputStream out = Files.newOutputStream(file)) {
            for (ObjectVersion source : sources) {
                try (InputStream in = Files.newInputStream(of(source.generation()))) {
                    hashes.copy(in, out);
                }
            }
        }
        int components = sources.stream().mapToInt(one -> Math.max(1, one.components())).sum();
        return new Content(file, hashes.size, hashes.crc32c(), null, components);
    }

    /** Gives the bytes to a generation. */
    void keep(Content content, long generation) {
        try {
            Files.move(content.file(), of(generation), StandardCopyOption.ATOMIC_MOVE);
        } catch (IOException e) {
            throw new UncheckedIOException("cannot keep generation " + generation, e);
        }
    }

    void discard(Path file) {
        try {
            Files.deleteIfExists(file);
        } catch (IOException e) {
            throw new UncheckedIOException("cannot delete " + file, e);
        }
    }

    /**
     * Opens a part of a generation at once, so that it can be read to its end even if it is deleted
     * meanwhile.
     */
    InputStream open(long generation, long from) throws IOException {
        FileChannel channel = FileChannel.open(of(generation), StandardOpenOption.READ);
        return Channels.newInputStream(channel.position(from));
    }

    /** Deletes what a crash left behind: files that no generation and no upload has. */
    void sweep(Set<Path> known) {
        try (Stream<Path> files = Files.walk(directory)) {
            files.filter(Files::isRegularFile)
                    .filter(file -> !known.contains(file))
                    .forEach(this::discard);
        } catch (IOException e) {
            throw new UncheckedIOException("cannot look through " + directory, e);
        }
    }

    private static final class Hashes {
        private final CRC32C crc32c = new CRC32C();
        private final MessageDigest md5;
        private long size;

        Hashes() {
            try {
                md5 = MessageDigest.getInstance("MD5");
            } catch (NoSuchAlgorithmException e) {
                throw new IllegalStateException("every Java has MD5", e);
            }
        }

        void copy(InputStream in, OutputStream out) throws IOException {
            byte[] buffer = new byte[BUFFER_BYTES];
            for (int n = in.read(buffer); n >= 0; n = in.read(buffer)) {
                out.write(buffer, 0, n);
                crc32c.update(buffer, 0, n);
                md5.update(buffer, 0, n);
                size += n;
            }
        }

        String crc32c() {
            return Base64.getEncoder()
                    .encodeToString(
                            ByteBuffer.allocate(Integer.BYTES)
                                    .putInt((int) crc32c.getValue())
                                    .array());
        }

        Content content(Path file) {
            String md5Hash = Base64.getEncoder().encodeToString(md5.digest());
            return new Content(file, size, crc32c(), md5Hash, 0);
        }
    }
}
