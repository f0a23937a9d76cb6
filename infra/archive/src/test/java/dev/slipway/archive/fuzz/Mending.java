package dev.slipway.archive.fuzz;

import java.util.Arrays;
import java.util.zip.CRC32;
import java.util.zip.DataFormatException;
import java.util.zip.Inflater;
import org.jspecify.annotations.Nullable;

/** Checksums made right again, so that what was changed is not refused for them at once. */
final class Mending {
    private static final int MOST = 1 << 18;

    private Mending() {}

    static byte[] zip(byte[] zip) {
        byte[] mended = zip.clone();
        for (int at = 0; at + ZipParts.CENTRAL_BYTES <= mended.length; at++) {
            if (Words.isSigned(mended, at, 1, 2)) {
                mendEntry(mended, at);
            }
        }
        return mended;
    }

    private static void mendEntry(byte[] zip, int central) {
        long local = Words.u32(zip, central + 42);
        if (local + ZipParts.LOCAL_BYTES > zip.length || !Words.isSigned(zip, (int) local, 3, 4)) {
            return;
        }
        int at = (int) local;
        int content = at + ZipParts.LOCAL_BYTES + Words.u16(zip, at + 26) + Words.u16(zip, at + 28);
        long stop = content + Words.u32(zip, central + 20);
        byte[] whole = content > zip.length ? null : content(zip, central, content, stop);
        if (whole == null) {
            return;
        }
        CRC32 crc = new CRC32();
        crc.update(whole);
        put(zip, central, central + 16, central + 24, whole.length, crc.getValue());
        if ((Words.u16(zip, at + 6) & 8) == 0) {
            put(zip, central, at + 14, at + 22, whole.length, crc.getValue());
        } else if (Words.isSigned(zip, (int) stop, 7, 8) && stop + 16 <= zip.length) {
            put(zip, central, (int) stop + 4, (int) stop + 12, whole.length, crc.getValue());
        }
    }

    /** Sizes of stored entries stay: their content has no end of its own. */
    private static void put(byte[] zip, int central, int crcAt, int sizeAt, int size, long crc) {
        Words.put(zip, crcAt, 4, crc);
        if (Words.u16(zip, central + 10) == 8) {
            Words.put(zip, sizeAt, 4, size);
        }
    }

    private static byte @Nullable [] content(byte[] zip, int central, int from, long stop) {
        return Words.u16(zip, central + 10) == 8
                ? inflated(zip, from)
                : stop > zip.length ? null : Arrays.copyOfRange(zip, from, (int) stop);
    }

    /** What a deflate stream that starts there holds, or null where it is damaged. */
    static byte @Nullable [] inflated(byte[] bytes, int from) {
        Inflater inflater = new Inflater(true);
        try {
            inflater.setInput(bytes, from, bytes.length - from);
            byte[] whole = new byte[MOST];
            int length = inflater.inflate(whole);
            return inflater.finished() ? Arrays.copyOf(whole, length) : null;
        } catch (DataFormatException _) {
            return null;
        } finally {
            inflater.end();
        }
    }

    /** The trailer of a gzip member without anything optional in its header. */
    static byte[] gzip(byte[] gzip) {
        byte[] content = gzip.length > 18 ? inflated(gzip, 10) : null;
        if (content == null) {
            return gzip;
        }
        byte[] mended = gzip.clone();
        CRC32 crc = new CRC32();
        crc.update(content);
        Words.put(mended, mended.length - 8, 4, crc.getValue());
        Words.put(mended, mended.length - 4, 4, content.length);
        return mended;
    }
}
