package dev.slipway.archive.fuzz;

import java.io.IOException;
import java.util.List;

/**
 * A way of packing.
 *
 * @param keepsModes whether executable bits survive it
 */
record Writer(String name, boolean keepsModes, Packing packing) {
    private static final List<Writer> ALL =
            List.of(
                    new Writer("java.util.zip", false, JavaZips::zip),
                    new Writer("java.util.jar", false, JavaZips::jar),
                    new Writer("commons zip, seekable", true, CommonsZips::seekable),
                    new Writer("commons zip, piped", true, CommonsZips::piped),
                    new Writer("commons zip, no modes", false, CommonsZips::withoutModes),
                    new Writer("commons tar", true, CommonsTars::tar),
                    new Writer("commons tar, gzip", true, packed(CommonsTars::tar)),
                    new Writer("plain tar", true, PlainTars::tar),
                    new Writer("plain tar, gzip", true, packed(PlainTars::tar)));

    /** Writes a tree, in a form that chance chooses. */
    @FunctionalInterface
    interface Packing {
        byte[] pack(LegalTree tree, Chance chance) throws IOException;
    }

    static Writer any(Chance chance) {
        return chance.of(ALL);
    }

    byte[] write(LegalTree tree, Chance chance) throws IOException {
        return packing.pack(tree, chance);
    }

    private static Packing packed(Packing tar) {
        return (tree, chance) -> Gzips.gzip(tar.pack(tree, chance), chance);
    }
}
