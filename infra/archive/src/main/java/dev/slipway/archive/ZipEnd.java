package dev.slipway.archive;

/**
 * Where a zip's directory stands. Its end records have to end the file, to say the same and to be
 * the only ones (PKWARE APPNOTE 4.3.14 to 4.3.16).
 *
 * @param entries that the directory lists
 * @param start of the directory, in bytes from the zip's start
 * @param size of the directory in bytes
 */
record ZipEnd(long entries, long start, long size) {
    private static final long END = 0x06054b50;
    private static final int END_BYTES = 22;
    private static final long END64 = 0x06064b50;
    private static final int END64_BYTES = 56;
    private static final long LOCATOR64 = 0x07064b50;
    private static final int LOCATOR64_BYTES = 20;
    private static final int LONGEST_COMMENT = 0xffff;
    private static final long IN_ZIP64 = 0xffff_ffffL;
    private static final int MANY_IN_ZIP64 = 0xffff;

    static ZipEnd of(Mapped zip) throws Refusal {
        long at = find(zip);
        boolean wide =
                zip.has(at - LOCATOR64_BYTES, LOCATOR64_BYTES)
                        && zip.u32(at - LOCATOR64_BYTES) == LOCATOR64;
        ZipEnd said =
                new ZipEnd(zip.u16(at + 10), zip.u32(at + 16), zip.u32(at + 12))
                        .unsplit(zip.u16(at + 4), zip.u16(at + 6), zip.u16(at + 8), wide);
        return wide ? said.widened(zip, at - LOCATOR64_BYTES) : said.endingAt(at);
    }

    private ZipEnd unsplit(int disk, int directoryDisk, int entriesHere, boolean wide)
            throws Refusal {
        if (disk != directoryDisk || entriesHere != entries || (disk != 0 && !wide)) {
            throw Refusal.damaged(null, "the zip is one part of several");
        }
        return this;
    }

    /** The 64-bit record's numbers, which may only say what the 32-bit ones have no room for. */
    private ZipEnd widened(Mapped zip, long locator) throws Refusal {
        long at = zip.u64(locator + 8);
        boolean joined =
                at == locator - END64_BYTES
                        && at >= 0
                        && zip.u32(at) == END64
                        && zip.u64(at + 4) == END64_BYTES - 12
                        && zip.u32(locator + 4) == 0
                        && zip.u32(locator + 16) <= 1;
        if (!joined) {
            throw Refusal.damaged(null, "the zip's 64-bit end record is not where it has to be");
        }
        ZipEnd wide = new ZipEnd(zip.u64(at + 32), zip.u64(at + 48), zip.u64(at + 40));
        boolean agrees =
                zip.u32(at + 16) == 0
                        && zip.u32(at + 20) == 0
                        && zip.u64(at + 24) == wide.entries
                        && (entries == MANY_IN_ZIP64 || entries == wide.entries)
                        && (start == IN_ZIP64 || start == wide.start)
                        && (size == IN_ZIP64 || size == wide.size);
        if (!agrees) {
            throw Refusal.damaged(null, "the zip's end records contradict each other");
        }
        return wide.endingAt(at);
    }

    private ZipEnd endingAt(long end) throws Refusal {
        if (entries < 0 || start < 0 || size < 0 || size > end || start != end - size) {
            throw Refusal.damaged(null, "the zip's directory is not where its end says");
        }
        return this;
    }

    /** From the file's end backwards over a comment of any length. */
    private static long find(Mapped zip) throws Refusal {
        long last = zip.size() - END_BYTES;
        for (long at = last; at >= Math.max(0, last - LONGEST_COMMENT); at--) {
            if (zip.u32(at) == END && at + zip.u16(at + 20) == last) {
                refuseRecordIn(zip, at + END_BYTES);
                return at;
            }
        }
        throw Refusal.damaged(
                null, "the zip does not end with its end record: it is cut off or goes on");
    }

    /** Other readers might find the one in the comment first. */
    private static void refuseRecordIn(Mapped zip, long comment) throws Refusal {
        for (long at = comment; at <= zip.size() - 4; at++) {
            long word = zip.u32(at);
            if (word == END || word == END64 || word == LOCATOR64) {
                throw Refusal.damaged(null, "the zip's comment holds another end record");
            }
        }
    }
}
