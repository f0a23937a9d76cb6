package dev.slipway.archive;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.channels.FileChannel;
import java.util.ArrayList;
import java.util.List;

/** A zip's central directory, read no further than its limits. */
final class ZipDirectory {
    private static final int ENTRY = 0x02014b50;
    private static final int ENTRY_BYTES = 46;
    private static final int END = 0x06054b50;
    private static final int END_BYTES = 22;
    private static final int END64 = 0x06064b50;
    private static final int END64_BYTES = 56;
    private static final int LOCATOR64 = 0x07064b50;
    private static final int LOCATOR64_BYTES = 20;
    private static final int LONGEST_COMMENT = 0xffff;
    private static final long IN_ZIP64 = 0xffffffffL;

    private final FileChannel channel;
    private final Limits limits;

    ZipDirectory(FileChannel channel, Limits limits) {
        this.channel = channel;
        this.limits = limits;
    }

    private record Extent(long entries, long start, long end) {}

    List<ZipEntry> entries() throws IOException {
        Extent extent = extent();
        if (extent.entries > limits.entries()) {
            throw new Refusal(
                    Rule.TOO_MANY_ENTRIES,
                    null,
                    "the zip lists "
                            + extent.entries
                            + " entries, at most "
                            + limits.entries()
                            + " are allowed");
        }
        List<ZipEntry> entries = new ArrayList<>();
        long at = extent.start;
        while (entries.size() < extent.entries) {
            at = readEntry(at, extent.end, entries);
        }
        if (at != extent.end) {
            throw Refusal.damaged(null, "the zip's directory is longer than its entries");
        }
        return entries;
    }

    private long readEntry(long at, long end, List<ZipEntry> entries) throws IOException {
        ByteBuffer fixed = bytes(at, ENTRY_BYTES);
        if (fixed.getInt(0) != ENTRY) {
            throw Refusal.damaged(null, "the zip's directory holds something that is no entry");
        }
        int name = fixed.getShort(28) & 0xffff;
        int extra = fixed.getShort(30) & 0xffff;
        int comment = fixed.getShort(32) & 0xffff;
        long next = at + ENTRY_BYTES + name + extra + comment;
        if (next > end) {
            throw Refusal.damaged(null, "the zip's directory is cut off");
        }
        byte[] nameBytes = bytes(at + ENTRY_BYTES, name).array();
        byte[] extraBytes = bytes(at + ENTRY_BYTES + name, extra).array();
        entries.add(ZipEntry.of(fixed, nameBytes, extraBytes));
        return next;
    }

    private Extent extent() throws IOException {
        long endAt = findEnd();
        ByteBuffer end = bytes(endAt, END_BYTES);
        long entries = end.getShort(10) & 0xffff;
        long size = end.getInt(12) & IN_ZIP64;
        long start = end.getInt(16) & IN_ZIP64;
        long directoryEnd = endAt;
        ByteBuffer locator = bytes(endAt - LOCATOR64_BYTES, LOCATOR64_BYTES);
        if (endAt >= LOCATOR64_BYTES && locator.getInt(0) == LOCATOR64) {
            directoryEnd = locator.getLong(8);
            ByteBuffer end64 = bytes(directoryEnd, END64_BYTES);
            if (end64.getInt(0) != END64) {
                throw Refusal.damaged(null, "the zip's 64-bit end record is missing");
            }
            entries = end64.getLong(32);
            size = end64.getLong(40);
            start = end64.getLong(48);
        }
        if (entries < 0 || start < 0 || size < 0 || start + size != directoryEnd) {
            throw Refusal.damaged(null, "the zip's directory is not where its end says");
        }
        return new Extent(entries, start, directoryEnd);
    }

    /** From the file's end backwards over a comment of any length. */
    private long findEnd() throws IOException {
        long size = channel.size();
        int tail = (int) Math.min(size, END_BYTES + LONGEST_COMMENT);
        ByteBuffer bytes = bytes(size - tail, tail);
        for (int at = tail - END_BYTES; at >= 0; at--) {
            boolean ends =
                    bytes.getInt(at) == END
                            && at + END_BYTES + (bytes.getShort(at + 20) & 0xffff) == tail;
            if (ends) {
                return size - tail + at;
            }
        }
        throw Refusal.damaged(null, "the zip has no end record, so it is cut off");
    }

    private ByteBuffer bytes(long at, int length) throws IOException {
        return read(channel, at, length);
    }

    /** Exactly these bytes, little-endian; a place outside the file is a damaged zip. */
    static ByteBuffer read(FileChannel channel, long at, int length) throws IOException {
        ByteBuffer bytes = ByteBuffer.allocate(length).order(ByteOrder.LITTLE_ENDIAN);
        if (at < 0 || at > channel.size() - length) {
            throw Refusal.damaged(null, "the zip points outside itself");
        }
        long position = at;
        while (bytes.hasRemaining()) {
            int read = channel.read(bytes, position);
            if (read < 0) {
                throw Refusal.damaged(null, "the zip is cut off");
            }
            position += read;
        }
        return bytes.flip();
    }
}
