package dev.slipway.archive;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermission;
import java.security.DigestOutputStream;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.stream.Stream;

/**
 * A folder as the tree that a drop of it would be: ignore rules applied, links inside it followed,
 * broken links left out.
 */
public final class SourceFolder {
    private final Path root;
    private final IgnoreRules rules;
    private final TreeBuilder tree;
    private final Limits limits;

    private SourceFolder(Path root, Limits limits) throws IOException {
        this.root = root;
        this.limits = limits;
        this.rules = IgnoreRules.of(root);
        this.tree = new TreeBuilder(limits, new Meter(limits, 0));
    }

    /**
     * Reads and hashes every file that a drop of the folder would hold; {@link CanonicalTar} reads
     * them again.
     *
     * @throws IOException if the folder cannot be read
     */
    public static Inspection inspect(Path folder, Limits limits) throws IOException {
        Path root = folder.toRealPath();
        try {
            SourceFolder reading = new SourceFolder(root, limits);
            reading.walk(root, "", List.of(root));
            return new Inspection.Accepted(reading.tree.finish(() -> {}));
        } catch (Refusal refusal) {
            return refusal.asResult();
        }
    }

    private void walk(Path folder, String prefix, List<Path> above) throws IOException {
        for (Path child : children(folder)) {
            String path = prefix + child.getFileName();
            if (Files.isSymbolicLink(child)) {
                follow(child, path, above);
            } else {
                take(child, path, above);
            }
        }
    }

    private static List<Path> children(Path folder) throws IOException {
        try (Stream<Path> listed = Files.list(folder)) {
            return listed.sorted().toList();
        }
    }

    private void follow(Path link, String path, List<Path> above) throws IOException {
        if (!Files.exists(link) || rules.excludes(path, Files.isDirectory(link))) {
            return;
        }
        Path target = link.toRealPath();
        if (!target.startsWith(root)) {
            throw new Refusal(
                    Rule.LINK_OR_SPECIAL,
                    path,
                    "a link leads out of the folder; copy what it points to, or ignore it");
        }
        if (above.contains(target)) {
            throw new Refusal(Rule.LINK_OR_SPECIAL, path, "a link leads to a folder around it");
        }
        take(target, path, above);
    }

    private void take(Path found, String path, List<Path> above) throws IOException {
        boolean folder = Files.isDirectory(found);
        if (rules.excludes(path, folder)) {
            return;
        }
        EntryName name = tree.begin(path.getBytes(StandardCharsets.UTF_8));
        if (folder) {
            tree.folder(name);
            List<Path> around = new ArrayList<>(above);
            around.add(found);
            walk(found, path + "/", around);
        } else if (Files.isRegularFile(found)) {
            tree.file(name, InputStream.nullInputStream(), kept -> onDisk(found, kept));
        }
    }

    private SourceTree.Stored onDisk(Path file, String path) throws IOException {
        if (Files.size(file) > limits.fileBytes()) {
            throw new Refusal(
                    Rule.FILE_TOO_LARGE,
                    path,
                    "a file has more than " + limits.fileBytes() + " bytes");
        }
        DigestOutputStream digest =
                new DigestOutputStream(OutputStream.nullOutputStream(), Sha256.start());
        long size = Files.copy(file, digest);
        String sha256 = HexFormat.of().formatHex(digest.getMessageDigest().digest());
        return new SourceTree.Stored(
                new SourceFile(path, isExecutable(file), size, sha256),
                () -> Files.newInputStream(file));
    }

    private static boolean isExecutable(Path file) throws IOException {
        return file.getFileSystem().supportedFileAttributeViews().contains("posix")
                && Files.getPosixFilePermissions(file).contains(PosixFilePermission.OWNER_EXECUTE);
    }
}
