package dev.slipway.cli.drop;

import dev.slipway.archive.CanonicalTar;
import dev.slipway.archive.Inspection;
import dev.slipway.archive.Limits;
import dev.slipway.archive.SourceFolder;
import dev.slipway.archive.SourceTree;
import dev.slipway.cli.terminal.Problem;
import dev.slipway.contracts.manifest.ManifestReader;
import java.io.BufferedOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/** A folder as a tar.gz in a temporary file; closing removes it. */
public final class PackedFolder implements AutoCloseable {
    private final Path archive;
    private final SourceTree.Summary summary;

    private PackedFolder(Path archive, SourceTree.Summary summary) {
        this.archive = archive;
        this.summary = summary;
    }

    /** Packs what a build will see of the folder: its ignore rules are obeyed. */
    public static PackedFolder of(Path folder) {
        return of(folder, null);
    }

    /**
     * The same with another manifest.
     *
     * @param manifest makes it of the folder's own, which is empty where it has none; null keeps it
     */
    public static PackedFolder of(Path folder, @Nullable UnaryOperator<byte[]> manifest) {
        try {
            return switch (SourceFolder.inspect(folder, Limits.DEFAULT)) {
                case Inspection.Accepted(SourceTree tree) ->
                        packed(manifest == null ? tree : with(manifest, tree));
                case Inspection.Refused(_, var entry, var message) ->
                        throw Problem.failed(
                                "cannot drop " + folder + ": " + message + at(entry),
                                "Change it, or leave it out with a line in .gcloudignore.");
            };
        } catch (IOException e) {
            throw Problem.failed(
                    "cannot pack " + folder + ": " + e.getMessage(),
                    "Make every file in it readable, then drop it again.",
                    e);
        }
    }

    private static String at(@Nullable String entry) {
        return entry == null ? "" : " (" + entry + ")";
    }

    private static SourceTree with(UnaryOperator<byte[]> manifest, SourceTree tree)
            throws IOException {
        byte[] own =
                tree.start(SourceTree.MANIFEST, ManifestReader.LONGEST_BYTES + 1)
                        .orElse(new byte[0]);
        return tree.withManifest(manifest.apply(own));
    }

    private static PackedFolder packed(SourceTree tree) throws IOException {
        Path archive = Files.createTempFile("slipway-", ".tar.gz");
        try (tree;
                OutputStream out = new BufferedOutputStream(Files.newOutputStream(archive))) {
            CanonicalTar.write(tree, out);
        } catch (IOException e) {
            Files.deleteIfExists(archive);
            throw e;
        }
        return new PackedFolder(archive, tree.summary());
    }

    /** The archive. */
    public Path archive() {
        return archive;
    }

    /** How many files it holds. */
    public int files() {
        return summary.files();
    }

    @Override
    public void close() {
        try {
            Files.deleteIfExists(archive);
        } catch (IOException e) {
            throw Problem.failed(
                    "cannot remove " + archive + ": " + e.getMessage(), "Remove it.", e);
        }
    }
}
