package dev.slipway.local.run;

import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermission;
import java.security.DigestInputStream;
import java.util.EnumSet;
import java.util.HashSet;
import java.util.HexFormat;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.stream.Stream;
import java.util.zip.GZIPInputStream;
import org.apache.commons.compress.archivers.tar.TarArchiveEntry;
import org.apache.commons.compress.archivers.tar.TarArchiveInputStream;

/**
 * Puts an image's layers on top of each other below a directory (OCI image spec, {@code layer.md}:
 * whiteouts included). Nothing is written outside, and no link leads outside: every parent is a
 * real directory, and a link's target climbs only at its beginning and never above the root.
 */
final class Layers {
    private static final long MOST_BYTES = 8L << 30;
    private static final int MOST_ENTRIES = 500_000;
    private static final String WHITEOUT = ".wh.";
    private static final String OPAQUE = ".wh..wh..opq";

    private static final int BUFFER_BYTES = 64 << 10;

    private final Path root;

    /** Directories that are ones and no links, until something is replaced. */
    private final Set<Path> directories = new HashSet<>();

    private long bytes;
    private int entries;

    Layers(Path root) throws IOException {
        this.root = root.toRealPath();
    }

    /** Adds a layer, a tar file that may be gzipped, and checks its digest. */
    void add(Path blob, String digest) throws IOException, ImageProblem {
        DigestInputStream file = new DigestInputStream(Files.newInputStream(blob), Pull.sha256());
        try (file) {
            BufferedInputStream buffered = new BufferedInputStream(file, BUFFER_BYTES);
            buffered.mark(2);
            boolean gzipped = buffered.read() == 0x1f && buffered.read() == 0x8b;
            buffered.reset();
            unpack(gzipped ? unzipped(buffered) : buffered);
            buffered.transferTo(OutputStream.nullOutputStream());
        }
        String found = "sha256:" + HexFormat.of().formatHex(file.getMessageDigest().digest());
        if (!found.equals(digest)) {
            throw new ImageProblem(
                    "The image's layer %s is damaged: it has the digest %s."
                            .formatted(digest, found));
        }
    }

    /** A tar file is read in pieces of 512 bytes. */
    private static InputStream unzipped(InputStream gzipped) throws IOException {
        return new BufferedInputStream(new GZIPInputStream(gzipped, BUFFER_BYTES), BUFFER_BYTES);
    }

    private void unpack(InputStream stream) throws IOException, ImageProblem {
        TarArchiveInputStream tar = new TarArchiveInputStream(stream);
        Set<Path> added = new HashSet<>();
        for (TarArchiveEntry entry = tar.getNextEntry();
                entry != null;
                entry = tar.getNextEntry()) {
            bytes += Math.max(0, entry.getSize());
            if (++entries > MOST_ENTRIES || bytes > MOST_BYTES) {
                throw new ImageProblem("The image is above 8 GiB or 500,000 entries.");
            }
            Path path = inside(entry.getName());
            if (!path.equals(root)) {
                place(tar, entry, path, added);
            }
        }
    }

    private void place(TarArchiveInputStream tar, TarArchiveEntry entry, Path path, Set<Path> added)
            throws IOException, ImageProblem {
        makeParents(entry, path, added);
        String name = path.getFileName().toString();
        if (name.equals(OPAQUE)) {
            removeLower(parent(path), added);
        } else if (name.startsWith(WHITEOUT)) {
            remove(path.resolveSibling(name.substring(WHITEOUT.length())));
        } else {
            put(tar, entry, path);
            added.add(path);
        }
    }

    private void put(TarArchiveInputStream tar, TarArchiveEntry entry, Path path)
            throws IOException, ImageProblem {
        if (entry.isDirectory()) {
            if (!Files.isDirectory(path, LinkOption.NOFOLLOW_LINKS)) {
                remove(path);
                Files.createDirectory(path);
            }
            setMode(path, entry.getMode() | 0700);
            return;
        }
        remove(path);
        if (entry.isSymbolicLink()) {
            Files.createSymbolicLink(path, target(entry, path));
        } else if (entry.isLink()) {
            Files.createLink(path, linked(entry));
        } else if (entry.isFile()) {
            Files.copy(tar, path);
            setMode(path, entry.getMode() | 0400);
        } else {
            throw refused(entry, "is neither file, directory nor link");
        }
    }

    /** Where an absolute target lies below the root; a relative one as it is. */
    private Path target(TarArchiveEntry entry, Path link) throws ImageProblem {
        Path target = Path.of(entry.getLinkName());
        if (target.isAbsolute()) {
            Path below = inside(entry.getLinkName());
            return parent(link).relativize(below);
        }
        boolean named = false;
        Path at = parent(link);
        for (Path part : target) {
            boolean climbs = part.toString().equals("..");
            if (climbs && (named || at.equals(root))) {
                throw refused(entry, "links to " + target + ", outside of the image");
            }
            named |= !climbs && !part.toString().equals(".");
            at = climbs ? parent(at) : at;
        }
        return target;
    }

    private Path linked(TarArchiveEntry entry) throws IOException, ImageProblem {
        Path target = inside(entry.getLinkName());
        if (!Files.isRegularFile(target, LinkOption.NOFOLLOW_LINKS)
                || !parent(target).toRealPath().equals(parent(target))) {
            throw refused(entry, "links to " + entry.getLinkName() + ", which is no file of it");
        }
        return target;
    }

    private static Path parent(Path below) {
        return Objects.requireNonNull(below.getParent());
    }

    private Path inside(String name) throws ImageProblem {
        Path path = root;
        for (String part : name.split("/", -1)) {
            if (part.equals("..") || part.indexOf('\0') >= 0) {
                throw new ImageProblem("The image has an entry outside of itself: " + name);
            }
            if (!part.isEmpty() && !part.equals(".")) {
                path = path.resolve(part);
            }
        }
        return path;
    }

    private void makeParents(TarArchiveEntry entry, Path path, Set<Path> added)
            throws IOException, ImageProblem {
        Path parent = root;
        for (Path part : root.relativize(parent(path))) {
            if (part.toString().isEmpty()) {
                continue;
            }
            parent = parent.resolve(part);
            if (directories.contains(parent)) {
                continue;
            }
            if (Files.isSymbolicLink(parent)) {
                throw refused(entry, "lies below a link");
            }
            if (!Files.isDirectory(parent)) {
                remove(parent);
                Files.createDirectory(parent);
                added.add(parent);
            }
            directories.add(parent);
        }
    }

    /** Removes from a directory what lower layers put there. */
    private void removeLower(Path directory, Set<Path> added) throws IOException {
        try (Stream<Path> children = Files.list(directory)) {
            for (Path child : children.toList()) {
                if (!added.contains(child)) {
                    remove(child);
                }
            }
        }
    }

    private void remove(Path path) throws IOException {
        if (Files.exists(path, LinkOption.NOFOLLOW_LINKS)) {
            directories.clear();
            Trees.delete(path);
        }
    }

    private static void setMode(Path path, int mode) throws IOException {
        List<PosixFilePermission> bits = List.of(PosixFilePermission.values());
        Set<PosixFilePermission> permissions = EnumSet.noneOf(PosixFilePermission.class);
        for (int bit = 0; bit < bits.size(); bit++) {
            if ((mode & (0400 >> bit)) != 0) {
                permissions.add(bits.get(bit));
            }
        }
        Files.setPosixFilePermissions(path, permissions);
    }

    private static ImageProblem refused(TarArchiveEntry entry, String why) {
        return new ImageProblem("The image's entry " + entry.getName() + " " + why + ".");
    }
}
