package dev.slipway.archive.fuzz;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import org.apache.commons.compress.archivers.tar.TarArchiveEntry;
import org.apache.commons.compress.archivers.tar.TarArchiveOutputStream;
import org.apache.commons.compress.archivers.tar.TarConstants;

/** Tars as commons-compress writes them: POSIX extended headers or GNU's long names. */
final class CommonsTars {
    private static final int FULL_BLOCKING = 10_240;

    private CommonsTars() {}

    static byte[] tar(LegalTree tree, Chance chance) throws IOException {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        try (TarArchiveOutputStream tar = output(out, chance)) {
            if (chance.hits(0.2)) {
                addGlobalHeader(tar);
            }
            boolean many = chance.hits(0.2);
            for (Item item : Item.of(tree, chance, JavaZips.prefix(chance))) {
                tar.putArchiveEntry(entry(item, many));
                tar.write(item.content());
                tar.closeArchiveEntry();
            }
        }
        return out.toByteArray();
    }

    private static TarArchiveOutputStream output(ByteArrayOutputStream out, Chance chance) {
        TarArchiveOutputStream tar =
                chance.hits(0.1)
                        ? new TarArchiveOutputStream(out, FULL_BLOCKING, "UTF-8")
                        : new TarArchiveOutputStream(out, "UTF-8");
        boolean posix = chance.hits(0.6);
        tar.setLongFileMode(
                posix
                        ? TarArchiveOutputStream.LONGFILE_POSIX
                        : TarArchiveOutputStream.LONGFILE_GNU);
        tar.setBigNumberMode(
                posix
                        ? TarArchiveOutputStream.BIGNUMBER_POSIX
                        : TarArchiveOutputStream.BIGNUMBER_STAR);
        tar.setAddPaxHeadersForNonAsciiNames(posix && chance.hits(0.5));
        return tar;
    }

    private static void addGlobalHeader(TarArchiveOutputStream tar) throws IOException {
        TarArchiveEntry entry =
                new TarArchiveEntry(
                        "pax_global_header", TarConstants.LF_PAX_GLOBAL_EXTENDED_HEADER);
        entry.setLastModifiedTime(Item.TIME);
        entry.addPaxHeader("comment", "1a2b3c4d5e6f708192a3b4c5d6e7f80912345678");
        tar.putArchiveEntry(entry); // which writes and closes it at once
    }

    private static TarArchiveEntry entry(Item item, boolean manyRecords) {
        TarArchiveEntry entry = new TarArchiveEntry(item.name(), true);
        entry.setSize(item.content().length);
        entry.setMode(item.mode());
        entry.setNames("jörg", "staff");
        entry.setLastModifiedTime(Item.TIME);
        if (manyRecords) {
            entry.setUserId(1L << 40);
            entry.addPaxHeader("SCHILY.xattr.user.note", "a=b");
        }
        return entry;
    }
}
