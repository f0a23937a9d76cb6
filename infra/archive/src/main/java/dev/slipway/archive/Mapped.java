package dev.slipway.archive;

import java.io.IOException;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;

/**
 * A file's bytes where the system maps them, so that reading here and there costs no call and no
 * copy. The file must not be cut off meanwhile.
 */
final class Mapped {
    private static final ValueLayout.OfShort U16 =
            ValueLayout.JAVA_SHORT_UNALIGNED.withOrder(ByteOrder.LITTLE_ENDIAN);
    private static final ValueLayout.OfInt U32 =
            ValueLayout.JAVA_INT_UNALIGNED.withOrder(ByteOrder.LITTLE_ENDIAN);
    private static final ValueLayout.OfLong U64 =
            ValueLayout.JAVA_LONG_UNALIGNED.withOrder(ByteOrder.LITTLE_ENDIAN);

    private final MemorySegment bytes;

    private Mapped(MemorySegment bytes) {
        this.bytes = bytes;
    }

    /**
     * Maps a whole file until the arena is closed.
     *
     * @param arena of the one thread that reads it
     */
    static Mapped of(Path file, Arena arena) throws IOException {
        try (FileChannel channel = FileChannel.open(file, StandardOpenOption.READ)) {
            return new Mapped(channel.map(FileChannel.MapMode.READ_ONLY, 0, channel.size(), arena));
        }
    }

    long size() {
        return bytes.byteSize();
    }

    /** Whether so many bytes stand there. */
    boolean has(long at, long length) {
        return at >= 0 && length >= 0 && at <= size() - length;
    }

    int u8(long at) {
        return bytes.get(ValueLayout.JAVA_BYTE, at) & 0xff;
    }

    int u16(long at) {
        return bytes.get(U16, at) & 0xffff;
    }

    long u32(long at) {
        return bytes.get(U32, at) & 0xffff_ffffL;
    }

    /** Unsigned; beyond 2^63 it comes out negative. */
    long u64(long at) {
        return bytes.get(U64, at);
    }

    byte[] copy(long at, int length) {
        byte[] copy = new byte[length];
        copy(at, copy, 0, length);
        return copy;
    }

    void copy(long at, byte[] into, int offset, int length) {
        MemorySegment.copy(bytes, ValueLayout.JAVA_BYTE, at, into, offset, length);
    }

    ByteBuffer buffer(long at, int length) {
        return bytes.asSlice(at, length).asByteBuffer();
    }

    /** Whether these bytes stand there too. */
    boolean equal(long at, byte[] other) {
        return has(at, other.length)
                && MemorySegment.mismatch(
                                bytes,
                                at,
                                at + other.length,
                                MemorySegment.ofArray(other),
                                0,
                                other.length)
                        < 0;
    }
}
