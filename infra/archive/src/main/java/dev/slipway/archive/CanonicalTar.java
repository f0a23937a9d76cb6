package dev.slipway.archive;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.attribute.FileTime;
import java.time.Instant;
import java.util.List;
import java.util.zip.Deflater;
import java.util.zip.GZIPOutputStream;
import org.apache.commons.compress.archivers.tar.TarArchiveEntry;
import org.apache.commons.compress.archivers.tar.TarArchiveOutputStream;
import org.apache.commons.compress.archivers.tar.TarConstants;

/**
 * A tree as tar.gz: the same tree gives the same bytes. Files only, in canonical order, folders
 * implied, times 1970-01-01, owner 0, modes 0644 and 0755.
 */
public final class CanonicalTar {
    private static final int BUFFER = 64 * 1024;
    private static final int PLAIN = 0100644;
    private static final int EXECUTABLE = 0100755;

    private CanonicalTar() {}

    /** Writes the tree and leaves the stream open. */
    public static void write(SourceTree tree, OutputStream out) throws IOException {
        write(tree, tree.files(), out);
    }

    /**
     * Writes exactly what {@link SourceTree#sourceDigest} covers, the tree without its manifest, so
     * that what is built from the same digest is the same. Leaves the stream open.
     */
    public static void writeSource(SourceTree tree, OutputStream out) throws IOException {
        write(
                tree,
                tree.files().stream()
                        .filter(file -> !file.path().equals(SourceTree.MANIFEST))
                        .toList(),
                out);
    }

    private static void write(SourceTree tree, List<SourceFile> files, OutputStream out)
            throws IOException {
        Gzip gzip = new Gzip(out);
        TarArchiveOutputStream tar =
                new TarArchiveOutputStream(gzip, StandardCharsets.UTF_8.name());
        tar.setLongFileMode(TarArchiveOutputStream.LONGFILE_POSIX);
        tar.setAddPaxHeadersForNonAsciiNames(true);
        for (SourceFile file : files) {
            tar.putArchiveEntry(entry(file));
            try (InputStream content = tree.open(file.path())) {
                content.transferTo(tar);
            }
            tar.closeArchiveEntry();
        }
        tar.finish();
        gzip.finish();
        out.flush();
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

    /** Java writes no time and an unknown system into gzip's header, the same everywhere. */
    private static final class Gzip extends GZIPOutputStream {
        Gzip(OutputStream out) throws IOException {
            super(out, BUFFER);
            def.setLevel(Deflater.BEST_SPEED);
        }
    }
}
