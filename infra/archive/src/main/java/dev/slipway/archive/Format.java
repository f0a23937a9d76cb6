package dev.slipway.archive;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;

/** What an archive's first bytes say it is. */
enum Format {
    ZIP,
    GZIP,
    TAR;

    private static final int HEADER = 512;
    private static final int MAGIC_AT = 257;

    static Format of(FileChannel channel) throws IOException {
        byte[] start = new RegionStream(channel, 0, channel.size()).readNBytes(HEADER);
        if (start.length == 0) {
            throw new Refusal(Rule.EMPTY, null, "the file has no bytes");
        }
        if (startsWith(start, 'P', 'K', 3, 4)) {
            return ZIP;
        }
        if (startsWith(start, 'P', 'K', 5, 6)) {
            throw new Refusal(Rule.EMPTY, null, "the zip lists no files");
        }
        if (startsWith(start, 0x1f, 0x8b)) {
            return GZIP;
        }
        if (isTar(start)) {
            return TAR;
        }
        throw new Refusal(
                Rule.NOT_AN_ARCHIVE,
                null,
                "the file is neither a zip nor a tar, with or without gzip");
    }

    /** Both {@code ustar\0} of POSIX and {@code ustar } of GNU. */
    static boolean isTar(byte[] header) {
        return header.length == HEADER
                && new String(header, MAGIC_AT, 5, StandardCharsets.ISO_8859_1).equals("ustar");
    }

    private static boolean startsWith(byte[] start, int... magic) {
        for (int at = 0; at < magic.length; at++) {
            if (start.length <= at || (start[at] & 0xff) != magic[at]) {
                return false;
            }
        }
        return true;
    }
}
