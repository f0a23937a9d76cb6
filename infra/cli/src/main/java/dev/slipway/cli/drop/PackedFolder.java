package dev.slipway.cli.drop;

import dev.slipway.cli.terminal.Problem;
import java.io.BufferedOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.Set;
import java.util.zip.GZIPOutputStream;
import org.apache.commons.compress.archivers.tar.TarArchiveEntry;
import org.apache.commons.compress.archivers.tar.TarArchiveOutputStream;
import org.apache.commons.compress.archivers.tar.TarConstants;

/** A folder as a tar.gz in a temporary file; closing removes it. */
public final class PackedFolder implements AutoCloseable {
    private static final Set<String> LEFT_OUT = Set.of(".git", ".slipway", "node_modules");
    private static final int PLAIN = 0100644;
    private static final int EXECUTABLE = 0100755;

    private final Path archive;
    private int files;

    private PackedFolder(Path archive) {
        this.archive = archive;
    }

    /** Packs a folder; {@code .git}, {@code .slipway} and {@code node_modules} stay out. */
    public static PackedFolder of(Path folder) {
        try {
            PackedFolder packed = new PackedFolder(Files.createTempFile("slipway-", ".tar.gz"));
            packed.pack(folder);
            return packed;
        } catch (IOException e) {
            throw Problem.failed(
                    "cannot pack " + folder + ": " + e.getMessage(),
                    "Make every file in it readable, then drop it again.",
                    e);
        }
    }

    private void pack(Path folder) throws IOException {
        try (OutputStream file = new BufferedOutputStream(Files.newOutputStream(archive));
                TarArchiveOutputStream tar =
                        new TarArchiveOutputStream(new GZIPOutputStream(file), "UTF-8")) {
            tar.setLongFileMode(TarArchiveOutputStream.LONGFILE_POSIX);
            tar.setBigNumberMode(TarArchiveOutputStream.BIGNUMBER_POSIX);
            tar.setAddPaxHeadersForNonAsciiNames(true);
            Files.walkFileTree(folder, new Packing(folder, tar));
        } catch (IOException e) {
            Files.deleteIfExists(archive);
            throw e;
        }
    }

    private final class Packing extends SimpleFileVisitor<Path> {
        private final Path folder;
        private final TarArchiveOutputStream tar;

        Packing(Path folder, TarArchiveOutputStream tar) {
            this.folder = folder;
            this.tar = tar;
        }

        @Override
        public FileVisitResult preVisitDirectory(Path directory, BasicFileAttributes attributes) {
            Path name = directory.getFileName();
            boolean out =
                    !directory.equals(folder) && name != null && LEFT_OUT.contains(name.toString());
            return out ? FileVisitResult.SKIP_SUBTREE : FileVisitResult.CONTINUE;
        }

        @Override
        public FileVisitResult visitFile(Path file, BasicFileAttributes attributes)
                throws IOException {
            String name = folder.relativize(file).toString().replace('\\', '/');
            if (attributes.isSymbolicLink()) {
                TarArchiveEntry link = new TarArchiveEntry(name, TarConstants.LF_SYMLINK);
                link.setLinkName(Files.readSymbolicLink(file).toString());
                tar.putArchiveEntry(link);
            } else if (attributes.isRegularFile()) {
                TarArchiveEntry entry = new TarArchiveEntry(name);
                entry.setSize(attributes.size());
                entry.setMode(Files.isExecutable(file) ? EXECUTABLE : PLAIN);
                tar.putArchiveEntry(entry);
                Files.copy(file, tar);
            } else {
                throw new IOException(name + " is no file, folder or link");
            }
            tar.closeArchiveEntry();
            files++;
            return FileVisitResult.CONTINUE;
        }
    }

    /** The archive. */
    public Path archive() {
        return archive;
    }

    /** How many files and links it holds. */
    public int files() {
        return files;
    }

    @Override
    public void close() {
        try {
            Files.deleteIfExists(archive);
        } catch (IOException e) {
            throw Problem.failed("cannot remove " + archive + ": " + e.getMessage(), "", e);
        }
    }
}
