package dev.slipway.local.build;

import dev.slipway.local.build.language.BuildStopped;
import dev.slipway.local.build.language.Commands;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Arrays;
import java.util.List;
import org.apache.commons.compress.archivers.tar.TarArchiveEntry;
import org.apache.commons.compress.archivers.tar.TarArchiveInputStream;
import org.jspecify.annotations.Nullable;

/**
 * Unpacks a tar archive into an empty folder: files and folders whose names stay inside; links and
 * everything else are refused, so that nothing that is written can lead elsewhere.
 */
final class Unpacking {
    private static final long MOST_BYTES = 2L << 30;
    private static final int MOST_ENTRIES = 100_000;
    private static final int DEEPEST = 64;
    private static final int OWNER_MAY_EXECUTE = 0100;
    private static final int BUFFER = 64 * 1024;

    private final Path folder;
    private final Commands commands;
    private long bytes;
    private int entries;
    private int files;

    /** {@code commands} tells whether the build was stopped. */
    Unpacking(Path folder, Commands commands) {
        this.folder = folder;
        this.commands = commands;
    }

    /** How many files there are now. */
    int unpack(String archive, InputStream tar) throws SourceMissing, BuildStopped, IOException {
        // Not closed: closing belongs to who opened the bytes.
        TarArchiveInputStream reader =
                new TarArchiveInputStream(tar, StandardCharsets.UTF_8.name());
        while (true) {
            commands.refuseIfStopped();
            TarArchiveEntry entry = next(archive, reader);
            if (entry == null) {
                return files;
            }
            entries++;
            require(entries <= MOST_ENTRIES, archive, "it has more entries than " + MOST_ENTRIES);
            write(archive, entry, reader);
        }
    }

    private static @Nullable TarArchiveEntry next(String archive, TarArchiveInputStream reader)
            throws SourceMissing {
        try {
            return reader.getNextEntry();
        } catch (IOException | IllegalArgumentException e) {
            throw new SourceMissing(archive + " is a damaged archive: " + e.getMessage() + ".");
        }
    }

    private void write(String archive, TarArchiveEntry entry, TarArchiveInputStream reader)
            throws SourceMissing, IOException {
        Path path = path(archive, entry.getName());
        if (entry.isDirectory()) {
            Files.createDirectories(path);
            return;
        }
        require(
                entry.isFile() && !entry.isSymbolicLink() && !entry.isLink() && !entry.isSparse(),
                archive,
                entry.getName() + " is neither a file nor a folder");
        require(!path.equals(folder), archive, "an entry has no name");
        try {
            Files.createDirectories(path.getParent());
            copy(archive, entry.getName(), reader, path);
        } catch (FileAlreadyExistsException e) {
            throw new SourceMissing(archive + " has " + entry.getName() + " twice.");
        }
        boolean executable = (entry.getMode() & OWNER_MAY_EXECUTE) != 0;
        Files.setPosixFilePermissions(
                path, PosixFilePermissions.fromString(executable ? "rwxr-xr-x" : "rw-r--r--"));
        files++;
    }

    private Path path(String archive, String name) throws SourceMissing {
        List<String> segments =
                Arrays.stream(name.split("/", -1)).filter(part -> !part.equals(".")).toList();
        boolean sound =
                !name.startsWith("/")
                        && name.indexOf('\\') < 0
                        && name.indexOf(0) < 0
                        && segments.size() <= DEEPEST
                        && !segments.contains("..");
        require(sound, archive, "the name " + name + " is not allowed");
        return folder.resolve(String.join("/", segments)).normalize();
    }

    private void copy(String archive, String name, TarArchiveInputStream reader, Path path)
            throws SourceMissing, IOException {
        byte[] buffer = new byte[BUFFER];
        try (OutputStream file = Files.newOutputStream(path, StandardOpenOption.CREATE_NEW)) {
            for (int read = read(archive, name, reader, buffer);
                    read >= 0;
                    read = read(archive, name, reader, buffer)) {
                bytes += read;
                require(
                        bytes <= MOST_BYTES,
                        archive,
                        "it unpacks to more bytes than " + MOST_BYTES);
                file.write(buffer, 0, read);
            }
        }
    }

    private static int read(
            String archive, String name, TarArchiveInputStream reader, byte[] buffer)
            throws SourceMissing {
        try {
            return reader.read(buffer);
        } catch (IOException e) {
            throw new SourceMissing(
                    archive + " is damaged at " + name + ": " + e.getMessage() + ".");
        }
    }

    private static void require(boolean is, String archive, String why) throws SourceMissing {
        if (!is) {
            throw new SourceMissing(archive + " is not unpacked: " + why + ".");
        }
    }
}
