package dev.slipway.archive;

import java.util.List;

/**
 * That the entries of a zip stand one after another from its first byte to its directory, with
 * nothing before, between or over them, and that each says at its place what the directory says of
 * it.
 */
final class ZipLayout {
    private static final long LOCAL = 0x04034b50;
    private static final int LOCAL_BYTES = 30;
    private static final long DESCRIPTOR = 0x08074b50;

    private final Mapped zip;

    ZipLayout(Mapped zip) {
        this.zip = zip;
    }

    /**
     * Refuses what is laid out otherwise.
     *
     * @param ordered the entries in the order in which they stand
     * @param directory where the entries have to end
     * @return where each entry's content starts
     */
    long[] check(List<ZipEntry> ordered, long directory) throws Refusal {
        long[] contents = new long[ordered.size()];
        long expected = 0;
        for (int at = 0; at < contents.length; at++) {
            ZipEntry entry = ordered.get(at);
            long listed = at + 1 < contents.length ? ordered.get(at + 1).localHeader() : directory;
            long next = Math.min(listed, directory); // the next one may be said to stand anywhere
            if (entry.localHeader() != expected) {
                throw misplaced(entry, expected);
            }
            contents[at] = contentOf(entry, next);
            expected = next;
        }
        return contents;
    }

    private static Refusal misplaced(ZipEntry entry, long expected) {
        return Refusal.damaged(
                entry.displayName(),
                entry.localHeader() < expected
                        ? "two entries share their bytes"
                        : "bytes before an entry belong to none");
    }

    private long contentOf(ZipEntry entry, long next) throws Refusal {
        long header = entry.localHeader();
        if (!zip.has(header, LOCAL_BYTES) || zip.u32(header) != LOCAL) {
            throw Refusal.damaged(entry.displayName(), "an entry is not where the zip says");
        }
        int nameBytes = zip.u16(header + 26);
        int extraBytes = zip.u16(header + 28);
        long content = header + LOCAL_BYTES + nameBytes + extraBytes;
        long behind = next - content - entry.compressed();
        if (behind < 0 || content + entry.compressed() < 0) {
            throw Refusal.damaged(
                    entry.displayName(), "an entry reaches into the next one or the directory");
        }
        ZipExtra extra = extra(entry, header + LOCAL_BYTES + nameBytes, extraBytes);
        refuseContradiction(entry, nameBytes, extra);
        refuseBehind(entry, content + entry.compressed(), behind, isWide(entry, extra));
        return content;
    }

    private ZipExtra extra(ZipEntry entry, long at, int bytes) throws Refusal {
        return bytes == 0 ? ZipExtra.NONE : ZipExtra.of(zip.copy(at, bytes), entry.displayName());
    }

    /**
     * Whether the numbers behind the content are wide, which who reads from a pipe can only tell
     * from the header. Some go by its extra field, others by its sizes.
     */
    private boolean isWide(ZipEntry entry, ZipExtra extra) throws Refusal {
        long at = entry.localHeader();
        boolean noRoom =
                zip.u32(at + 18) == ZipEntry.IN_ZIP64 && zip.u32(at + 22) == ZipEntry.IN_ZIP64;
        if (entry.isDescribed() && noRoom != (extra.zip64() != null)) {
            throw Refusal.damaged(
                    entry.displayName(), "an entry does not say how wide its numbers are");
        }
        return noRoom;
    }

    private void refuseContradiction(ZipEntry entry, int nameBytes, ZipExtra extra) throws Refusal {
        long at = entry.localHeader();
        byte[] name = entry.name();
        boolean agrees =
                zip.u16(at + 6) == entry.flags()
                        && zip.u16(at + 8) == entry.method()
                        && nameBytes == name.length
                        && zip.equal(at + LOCAL_BYTES, name)
                        && agrees(zip.u32(at + 14), entry.crc(), entry);
        if (!agrees) {
            throw contradiction(entry);
        }
        long[] sizes = extra.widened(entry.displayName(), zip.u32(at + 22), zip.u32(at + 18));
        if (extra.renames(name)
                || !agrees(sizes[0], entry.size(), entry)
                || !agrees(sizes[1], entry.compressed(), entry)) {
            throw contradiction(entry);
        }
    }

    /** Who writes into a pipe knows neither yet, and leaves zeros. */
    private static boolean agrees(long local, long listed, ZipEntry entry) {
        return local == listed || (local == 0 && entry.isDescribed());
    }

    private static Refusal contradiction(ZipEntry entry) {
        return Refusal.damaged(
                entry.displayName(), "an entry and the zip's directory contradict each other");
    }

    /** Nothing, or the data descriptor of APPNOTE 4.3.9, signed or not. */
    private void refuseBehind(ZipEntry entry, long at, long bytes, boolean wide) throws Refusal {
        if (!entry.isDescribed()) {
            if (bytes != 0) {
                throw Refusal.damaged(entry.displayName(), "bytes behind an entry belong to none");
            }
            return;
        }
        boolean signed = bytes == 16 || bytes == 24;
        long crc = at + (signed ? 4 : 0);
        boolean agrees =
                (wide ? bytes == 20 || bytes == 24 : bytes == 12 || bytes == 16)
                        && (!signed || zip.u32(at) == DESCRIPTOR)
                        && zip.u32(crc) == entry.crc()
                        && number(crc + 4, wide) == entry.compressed()
                        && number(crc + (wide ? 12 : 8), wide) == entry.size();
        if (!agrees) {
            throw Refusal.damaged(
                    entry.displayName(),
                    "what stands behind an entry contradicts the zip's directory");
        }
    }

    private long number(long at, boolean wide) {
        return wide ? zip.u64(at) : zip.u32(at);
    }
}
