package dev.slipway.cli.drop;

import dev.slipway.archive.Limits;
import dev.slipway.archive.Packed;
import dev.slipway.archive.Refused;
import dev.slipway.archive.SourceContents;
import dev.slipway.archive.SourceFolder;
import dev.slipway.cli.terminal.Problem;
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
    private final SourceContents contents;

    private PackedFolder(Path archive, SourceContents contents) {
        this.archive = archive;
        this.contents = contents;
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
            Path archive = Files.createTempFile("slipway-", ".tar.gz");
            try (OutputStream out = new BufferedOutputStream(Files.newOutputStream(archive))) {
                return switch (SourceFolder.pack(folder, Limits.DEFAULT, manifest, out)) {
                    case Packed(SourceContents contents, _) -> new PackedFolder(archive, contents);
                    case Refused refused -> throw refused(folder, refused);
                };
            } catch (IOException | RuntimeException e) {
                Files.deleteIfExists(archive);
                throw e;
            }
        } catch (IOException e) {
            throw Problem.failed(
                    "cannot pack " + folder + ": " + e.getMessage(),
                    "Make every file in it readable, then drop it again.",
                    e);
        }
    }

    private static Problem refused(Path folder, Refused refused) {
        return Problem.failed(
                "cannot drop " + folder + ": " + refused.message() + at(refused.entry()),
                "Change it, or leave it out with a line in .gcloudignore.");
    }

    private static String at(@Nullable String entry) {
        return entry == null ? "" : " (" + entry + ")";
    }

    /** The archive. */
    public Path archive() {
        return archive;
    }

    /** How many files it holds. */
    public int files() {
        return contents.files();
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
