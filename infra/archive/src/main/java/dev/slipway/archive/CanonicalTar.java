package dev.slipway.archive;

import java.io.Closeable;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.attribute.FileTime;
import java.security.MessageDigest;
import java.time.Instant;
import java.util.HexFormat;
import org.apache.commons.compress.archivers.tar.TarArchiveEntry;
import org.apache.commons.compress.archivers.tar.TarArchiveOutputStream;
import org.apache.commons.compress.archivers.tar.TarConstants;

/**
 * A tree as tar.gz: the same tree gives the same bytes. Files only, in canonical order, folders
 * implied, times 1970-01-01, owner 0, modes 0644 and 0755.
 */
final class CanonicalTar implements Closeable {
    private static final int BUFFER = 64 * 1024;
    private static final int PLAIN = 0100644;
    private static final int EXECUTABLE = 0100755;

    private final ParallelGzip gzip;
    private final TarArchiveOutputStream tar;
    private final SourceDigest digest = new SourceDigest();
    private final byte[] buffer = new byte[BUFFER];

    private CanonicalTar(OutputStream out) throws IOException {
        gzip = new ParallelGzip(out);
        tar = new TarArchiveOutputStream(gzip, StandardCharsets.UTF_8.name());
        tar.setLongFileMode(TarArchiveOutputStream.LONGFILE_POSIX);
        tar.setAddPaxHeadersForNonAsciiNames(true);
    }

    /**
     * Writes exactly what the source digest covers, the tree without its manifest, so that what is
     * built from the same digest is the same. All of the tree is checked on the way.
     */
    static Packed source(Listing listing, OutputStream out) throws IOException {
        return write(listing, false, out);
    }

    /** Writes the tree with its manifest. */
    static Packed whole(Listing listing, OutputStream out) throws IOException {
        return write(listing, true, out);
    }

    private static Packed write(Listing listing, boolean withManifest, OutputStream out)
            throws IOException {
        try (CanonicalTar written = new CanonicalTar(out)) {
            for (SourceFile file : listing.files()) {
                if (!file.isManifest() || withManifest) {
                    written.add(file);
                } else {
                    file.content().check(written.buffer);
                }
            }
            written.tar.finish();
            written.gzip.finish();
            return new Packed(listing.restChecked(written.buffer), written.digest.value());
        }
    }

    private void add(SourceFile file) throws IOException {
        tar.putArchiveEntry(entry(file));
        MessageDigest sha256 = SourceDigest.sha256();
        try (InputStream content = file.content().open()) {
            for (int read = content.read(buffer); read >= 0; read = content.read(buffer)) {
                sha256.update(buffer, 0, read);
                tar.write(buffer, 0, read);
            }
        }
        tar.closeArchiveEntry();
        if (!file.isManifest()) {
            digest.add(file, HexFormat.of().formatHex(sha256.digest()));
        }
    }

    private static TarArchiveEntry entry(SourceFile file) {
        TarArchiveEntry entry = new TarArchiveEntry(file.path(), TarConstants.LF_NORMAL);
        entry.setSize(file.size());
        entry.setMode(file.executable() ? EXECUTABLE : PLAIN);
        entry.setLastModifiedTime(FileTime.from(Instant.EPOCH));
        entry.setIds(0, 0);
        entry.setNames("", "");
        return entry;
    }

    @Override
    public void close() {
        gzip.close();
    }
}
