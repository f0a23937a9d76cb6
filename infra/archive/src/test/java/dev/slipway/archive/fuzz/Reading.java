package dev.slipway.archive.fuzz;

import dev.slipway.archive.Inspection;
import dev.slipway.archive.Limits;
import dev.slipway.archive.Packed;
import dev.slipway.archive.Packing;
import dev.slipway.archive.Refused;
import dev.slipway.archive.SourceArchive;
import dev.slipway.archive.SourceContents;
import dev.slipway.archive.fuzz.LegalTree.Kept;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Map;
import java.util.TreeMap;
import java.util.zip.GZIPInputStream;
import org.apache.commons.compress.archivers.tar.TarArchiveEntry;
import org.apache.commons.compress.archivers.tar.TarArchiveInputStream;

/**
 * What the reader made of an archive, in both of its ways.
 *
 * @param tarGz what was packed; of no use where it refused
 */
record Reading(Inspection inspection, Packing packing, byte[] tarGz) {
    /** Reads a file; the spool is to be empty afterwards. */
    static Reading of(Path archive, Path spool) throws IOException {
        Inspection inspection = SourceArchive.inspect(archive, Limits.DEFAULT);
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        Packing packing = SourceArchive.pack(archive, spool, Limits.DEFAULT, out);
        try (var left = Files.newDirectoryStream(spool)) {
            if (left.iterator().hasNext()) {
                throw new IllegalStateException("something was left in the spool folder");
            }
        }
        return new Reading(inspection, packing, out.toByteArray());
    }

    /** Whether both ways came to the same. */
    boolean agrees() {
        return switch (packing) {
            case Refused refused -> refused.equals(inspection);
            case Packed packed ->
                    inspection instanceof SourceContents contents
                            && same(contents, packed.contents());
        };
    }

    private static boolean same(SourceContents one, SourceContents other) {
        return one.files() == other.files()
                && one.bytes() == other.bytes()
                && one.litterDropped() == other.litterDropped()
                && one.rootUnwrapped().equals(other.rootUnwrapped())
                && Arrays.equals(one.manifest(), other.manifest());
    }

    /** What was packed, by path, as another library reads it. */
    Map<String, Kept> tree() throws IOException {
        Map<String, Kept> tree = new TreeMap<>();
        try (TarArchiveInputStream tar =
                new TarArchiveInputStream(
                        new GZIPInputStream(new ByteArrayInputStream(tarGz)), "UTF-8")) {
            for (TarArchiveEntry entry = tar.getNextEntry();
                    entry != null;
                    entry = tar.getNextEntry()) {
                boolean executable = (entry.getMode() & 0100) != 0;
                tree.put(
                        entry.getName(), new Kept(executable, ByteBuffer.wrap(tar.readAllBytes())));
            }
        }
        return tree;
    }
}
