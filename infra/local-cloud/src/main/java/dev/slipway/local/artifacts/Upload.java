package dev.slipway.local.artifacts;

import dev.slipway.contracts.Digest;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Instant;
import java.util.HexFormat;

/** One blob on its way in: a temporary file that grows, and the digest of what it holds so far. */
final class Upload {
    private static final int BUFFER_BYTES = 64 * 1024;
    private static final long LARGEST_BYTES = 10L << 30;

    private final ImageName image;
    private final Path file;
    private final MessageDigest sha;
    private long size;
    private volatile Instant touched;

    Upload(ImageName image, Path file, Instant now) {
        this.image = image;
        this.file = file;
        this.touched = now;
        try {
            this.sha = MessageDigest.getInstance("SHA-256");
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java platform has SHA-256", e);
        }
    }

    ImageName image() {
        return image;
    }

    Path file() {
        return file;
    }

    Instant touched() {
        return touched;
    }

    synchronized long size() {
        return size;
    }

    /**
     * Adds a chunk. What arrived before a broken connection stays, and {@link #size} tells from
     * where to go on.
     *
     * @param from where the chunk begins as its sender says; -1 is at the end
     * @throws RegistryError RANGE_INVALID where it does not begin at the end, SIZE_INVALID beyond
     *     10 GiB
     */
    synchronized void append(InputStream chunk, long from, Instant now) throws IOException {
        touched = now;
        if (from >= 0 && from != size) {
            throw new RegistryError(
                    ErrorCode.RANGE_INVALID,
                    "the next byte of this upload is " + size + ", not " + from);
        }
        try (OutputStream out =
                Files.newOutputStream(file, StandardOpenOption.CREATE, StandardOpenOption.APPEND)) {
            byte[] buffer = new byte[BUFFER_BYTES];
            for (int read = chunk.read(buffer); read >= 0; read = chunk.read(buffer)) {
                add(out, buffer, read);
            }
        }
    }

    private void add(OutputStream out, byte[] buffer, int length) throws IOException {
        if (size + length > LARGEST_BYTES) {
            throw new RegistryError(
                    ErrorCode.SIZE_INVALID, "a blob has at most " + LARGEST_BYTES + " bytes");
        }
        out.write(buffer, 0, length);
        sha.update(buffer, 0, length);
        size += length;
    }

    /** The digest of all that arrived; nothing may be added afterwards. */
    synchronized Digest digest() {
        return new Digest("sha256:" + HexFormat.of().formatHex(sha.digest()));
    }
}
