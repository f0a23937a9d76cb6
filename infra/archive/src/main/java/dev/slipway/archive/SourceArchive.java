package dev.slipway.archive;

import java.io.IOException;
import java.io.OutputStream;
import java.lang.foreign.Arena;
import java.nio.file.Path;

/** Source archives as people drop them: zip, tar and tar.gz, told apart by content. */
public final class SourceArchive {
    private SourceArchive() {}

    /**
     * Checks every byte of the archive, and keeps none.
     *
     * @param archive a local file that nobody writes meanwhile
     * @throws IOException if this machine's files cannot be read; a bad archive is a {@link
     *     Refused} instead
     */
    public static Inspection inspect(Path archive, Limits limits) throws IOException {
        try {
            return reading(archive, limits, new Dropping(), Listing::checked);
        } catch (Refusal refusal) {
            return refusal.asResult();
        }
    }

    /**
     * Checks every byte of the archive, and writes the source in it, all but the manifest, as a
     * canonical tar.gz on the way. What was written is worth nothing where the archive is refused.
     *
     * @param archive a local file that nobody writes meanwhile
     * @param spoolFolder where a temporary file may hold the contents of a tar.gz
     * @param out is left open
     * @throws IOException if this machine's files cannot be read or written; a bad archive is a
     *     {@link Refused} instead
     */
    public static Packing pack(Path archive, Path spoolFolder, Limits limits, OutputStream out)
            throws IOException {
        try (Spool spool = new Spool(spoolFolder)) {
            return reading(archive, limits, spool, listing -> CanonicalTar.source(listing, out));
        } catch (Refusal refusal) {
            return refusal.asResult();
        }
    }

    private static <T> T reading(Path archive, Limits limits, Keeping keeping, Listing.Use<T> use)
            throws IOException {
        try (Arena arena = Arena.ofConfined()) {
            Mapped bytes = Mapped.of(archive, arena);
            Meter meter = new Meter(limits, bytes.size());
            TreeBuilder tree = new TreeBuilder(limits, meter);
            return switch (Format.of(bytes)) {
                case ZIP -> {
                    try (ZipReader zip = new ZipReader(bytes, limits, meter)) {
                        zip.listInto(tree);
                        yield use.of(tree.finish());
                    }
                }
                case TAR -> tar(new PlainTar(bytes, meter), meter, tree, use);
                case GZIP ->
                        tar(
                                new InflatedTar(new GzipStream(bytes), meter, keeping),
                                meter,
                                tree,
                                use);
            };
        }
    }

    private static <T> T tar(TarBytes bytes, Meter meter, TreeBuilder tree, Listing.Use<T> use)
            throws IOException {
        try (bytes) {
            new TarReader(bytes, meter).listInto(tree);
            return use.of(tree.finish());
        }
    }
}
