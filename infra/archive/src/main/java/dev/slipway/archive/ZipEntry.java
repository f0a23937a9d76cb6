package dev.slipway.archive;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;

/**
 * One entry as a zip's central directory lists it (PKWARE APPNOTE 4.3.12).
 *
 * @param name its raw bytes
 * @param made the system and version that made it; the upper byte 3 or 19 is a Unix
 */
record ZipEntry(
        byte[] name,
        int made,
        int flags,
        int method,
        long crc,
        long compressed,
        long size,
        long attributes,
        long localHeader) {
    static final int STORED = 0;
    static final int DEFLATED = 8;

    private static final int ENCRYPTED = 1 | 1 << 6 | 1 << 13;
    private static final int UNIX = 3;
    private static final int OS_X = 19;
    private static final int ZIP64 = 1;
    private static final long IN_ZIP64 = 0xffffffffL;

    /** Reads the variable part; {@code fixed} stands at the start of the 46 fixed bytes. */
    static ZipEntry of(ByteBuffer fixed, byte[] name, byte[] extra) throws Refusal {
        int at = fixed.position();
        long compressed = fixed.getInt(at + 20) & IN_ZIP64;
        long size = fixed.getInt(at + 24) & IN_ZIP64;
        long local = fixed.getInt(at + 42) & IN_ZIP64;
        ByteBuffer wide = zip64(extra);
        boolean complete = needed(size) + needed(compressed) + needed(local) <= wide.remaining();
        if (!complete) {
            throw Refusal.damaged(
                    new String(name, StandardCharsets.UTF_8), "an entry's zip64 sizes are missing");
        }
        size = widened(size, wide);
        compressed = widened(compressed, wide);
        local = widened(local, wide);
        return new ZipEntry(
                name,
                fixed.getShort(at + 4) & 0xffff,
                fixed.getShort(at + 8) & 0xffff,
                fixed.getShort(at + 10) & 0xffff,
                fixed.getInt(at + 16) & IN_ZIP64,
                compressed,
                size,
                fixed.getInt(at + 38) & IN_ZIP64,
                local);
    }

    private static int needed(long value) {
        return value == IN_ZIP64 ? Long.BYTES : 0;
    }

    private static long widened(long value, ByteBuffer wide) {
        return value == IN_ZIP64 ? wide.getLong() : value;
    }

    private static ByteBuffer zip64(byte[] extra) {
        ByteBuffer fields = ByteBuffer.wrap(extra).order(ByteOrder.LITTLE_ENDIAN);
        while (fields.remaining() >= 4) {
            int id = fields.getShort() & 0xffff;
            int length = fields.getShort() & 0xffff;
            if (length > fields.remaining()) {
                break;
            }
            if (id == ZIP64) {
                return fields.slice(fields.position(), length).order(ByteOrder.LITTLE_ENDIAN);
            }
            fields.position(fields.position() + length);
        }
        return ByteBuffer.allocate(0);
    }

    String displayName() {
        return new String(name, StandardCharsets.UTF_8);
    }

    boolean isEncrypted() {
        return (flags & ENCRYPTED) != 0;
    }

    boolean isFolder() {
        return name.length > 0 && name[name.length - 1] == '/';
    }

    /** The POSIX mode, or 0 where the zip was made on a system without. */
    int mode() {
        int system = made >> 8;
        return system == UNIX || system == OS_X ? (int) (attributes >> 16) : 0;
    }
}
