package dev.slipway.archive;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermission;
import java.util.ArrayList;
import java.util.List;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * A folder as the tree that a drop of it would be: ignore rules applied, links inside it followed,
 * broken links left out.
 */
public final class SourceFolder {
    private final Path root;
    private final IgnoreRules rules;
    private final TreeBuilder tree;
    private final Meter meter;

    private SourceFolder(Path root, Limits limits) throws IOException {
        this.root = root;
        this.rules = IgnoreRules.of(root);
        this.meter = new Meter(limits, limits.archiveBytes()); // nothing expands here
        this.tree = new TreeBuilder(limits, meter);
    }

    /**
     * Looks at every file that a drop of the folder would hold.
     *
     * @throws IOException if the folder cannot be read
     */
    public static Inspection inspect(Path folder, Limits limits) throws IOException {
        try {
            return list(folder, limits).checked();
        } catch (Refusal refusal) {
            return refusal.asResult();
        }
    }

    /**
     * Writes every file that a drop of the folder holds as a canonical tar.gz.
     *
     * @param manifest makes another one of the folder's own, which is empty where it has none; null
     *     keeps it
     * @param out is left open
     * @throws IOException if the folder cannot be read, changes meanwhile, or the archive cannot be
     *     written
     */
    public static Packing pack(
            Path folder, Limits limits, @Nullable UnaryOperator<byte[]> manifest, OutputStream out)
            throws IOException {
        try {
            Listing listing = list(folder, limits);
            return CanonicalTar.whole(
                    manifest == null
                            ? listing
                            : listing.withManifest(manifest.apply(listing.manifest())),
                    out);
        } catch (Refusal refusal) {
            return refusal.asResult();
        }
    }

    private static Listing list(Path folder, Limits limits) throws IOException {
        Path root = folder.toRealPath();
        SourceFolder reading = new SourceFolder(root, limits);
        reading.walk(root, "", List.of(root));
        return reading.tree.finish();
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
        String name = tree.begin(path.getBytes(StandardCharsets.UTF_8));
        if (folder) {
            tree.folder(name);
            List<Path> around = new ArrayList<>(above);
            around.add(found);
            walk(found, path + "/", around);
        } else if (Files.isRegularFile(found)) {
            long size = Files.size(found);
            meter.countFile(path, size);
            tree.file(name, isExecutable(found), size, () -> Files.newInputStream(found));
        }
    }

    private static boolean isExecutable(Path file) throws IOException {
        return file.getFileSystem().supportedFileAttributeViews().contains("posix")
                && Files.getPosixFilePermissions(file).contains(PosixFilePermission.OWNER_EXECUTE);
    }
}
