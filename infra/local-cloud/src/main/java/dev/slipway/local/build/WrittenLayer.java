package dev.slipway.local.build;

import dev.slipway.local.build.language.Application;
import java.io.BufferedOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.DigestOutputStream;
import java.security.MessageDigest;
import org.apache.commons.compress.archivers.tar.TarArchiveEntry;
import org.apache.commons.compress.archivers.tar.TarArchiveOutputStream;

/**
 * A layer as a tar archive: the same bytes for the same files, whenever they were made and whoever
 * owns them. It is not compressed, because this machine unpacks it soon after: time counts for more
 * than size.
 *
 * @param digest of the file
 */
record WrittenLayer(Path file, String digest) {
    private static final int BUFFER = 64 * 1024;
    private static final int PLAIN = 0100644;
    private static final int EXECUTABLE = 0100755;

    /** Some programs take a time of 0 for none. */
    private static final long MODIFIED_MILLIS = 1000;

    static WrittenLayer write(Application.Layer layer, Path file) throws IOException {
        MessageDigest content = Sha256.begin();
        try (OutputStream bytes =
                        new BufferedOutputStream(
                                new DigestOutputStream(Files.newOutputStream(file), content),
                                BUFFER);
                TarArchiveOutputStream tar =
                        new TarArchiveOutputStream(bytes, StandardCharsets.UTF_8.name())) {
            tar.setLongFileMode(TarArchiveOutputStream.LONGFILE_POSIX);
            tar.setBigNumberMode(TarArchiveOutputStream.BIGNUMBER_POSIX);
            tar.setAddPaxHeadersForNonAsciiNames(true);
            for (Application.File one : layer.files()) {
                add(one, tar);
            }
        }
        return new WrittenLayer(file, Sha256.text(content));
    }

    private static void add(Application.File file, TarArchiveOutputStream tar) throws IOException {
        TarArchiveEntry entry =
                new TarArchiveEntry(Application.DIRECTORY.substring(1) + "/" + file.path());
        entry.setSize(Files.size(file.from()));
        entry.setModTime(MODIFIED_MILLIS);
        entry.setMode(file.executable() ? EXECUTABLE : PLAIN);
        tar.putArchiveEntry(entry);
        Files.copy(file.from(), tar);
        tar.closeArchiveEntry();
    }
}
