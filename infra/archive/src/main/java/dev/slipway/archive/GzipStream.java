package dev.slipway.archive;

import java.io.IOException;
import java.util.zip.CRC32;
import java.util.zip.Inflater;

/**
 * What one gzip member holds (RFC 1952). The member has to be the whole file: readers differ in
 * what they make of a second one, or of other bytes behind it.
 */
final class GzipStream extends BulkStream {
    private static final int HEADER_BYTES = 10;
    private static final int TRAILER_BYTES = 8;
    private static final int CHECKSUM = 2;
    private static final int EXTRA = 4;
    private static final int NAME = 8;
    private static final int COMMENT = 16;
    private static final int RESERVED = 0xe0;

    private final Mapped gzip;
    private final Inflater inflater = new Inflater(true);
    private final CRC32 crc = new CRC32();
    private final Inflation inflation;
    private long given;
    private boolean ended;

    GzipStream(Mapped gzip) throws Refusal {
        this.gzip = gzip;
        this.inflation = new Inflation(gzip, inflater, behindHeader(), gzip.size(), null);
    }

    private long behindHeader() throws Refusal {
        int flags = byteAt(3);
        if (byteAt(2) != 8 || (flags & RESERVED) != 0) {
            throw Refusal.damaged(null, "the gzip header says what no gzip means");
        }
        long at = HEADER_BYTES;
        if ((flags & EXTRA) != 0) {
            at += 2 + (byteAt(at) | byteAt(at + 1) << 8);
        }
        at = (flags & NAME) == 0 ? at : behindText(at);
        at = (flags & COMMENT) == 0 ? at : behindText(at);
        return (flags & CHECKSUM) == 0 ? at : behindChecksum(at);
    }

    private long behindText(long at) throws Refusal {
        long end = at;
        while (byteAt(end) != 0) {
            end++;
        }
        return end + 1;
    }

    private long behindChecksum(long at) throws Refusal {
        CRC32 header = new CRC32();
        for (long next = 0; next < at; next++) {
            header.update(byteAt(next));
        }
        if ((byteAt(at) | byteAt(at + 1) << 8) != (header.getValue() & 0xffff)) {
            throw Refusal.damaged(null, "the gzip header's checksum differs");
        }
        return at + 2;
    }

    private int byteAt(long at) throws Refusal {
        if (!gzip.has(at, 1)) {
            throw cutOff();
        }
        return gzip.u8(at);
    }

    @Override
    public int read(byte[] into, int offset, int length) throws IOException {
        if (ended || length == 0) {
            return ended ? -1 : 0;
        }
        int read = inflation.read(into, offset, length);
        crc.update(into, offset, read);
        given += read;
        if (inflation.isFinished()) {
            ended = true;
            refuseUnlessTrailer();
        }
        return read == 0 ? -1 : read;
    }

    private void refuseUnlessTrailer() throws Refusal {
        long trailer = inflation.position();
        if (!gzip.has(trailer, TRAILER_BYTES)) {
            throw cutOff();
        }
        if (gzip.u32(trailer) != crc.getValue()
                || gzip.u32(trailer + 4) != (given & 0xffff_ffffL)) {
            throw Refusal.damaged(null, "the gzip's checksum differs");
        }
        if (trailer + TRAILER_BYTES != gzip.size()) {
            throw Refusal.damaged(null, "bytes follow the end of the gzip");
        }
    }

    private static Refusal cutOff() {
        return Refusal.damaged(null, "the archive is cut off");
    }

    @Override
    public void close() {
        inflater.end();
    }
}
