package dev.slipway.archive.fuzz;

import java.util.Arrays;

/** Little-endian numbers in bytes, and bytes put together. */
final class Words {
    private Words() {}

    /** So many bytes as a number, from the least on. */
    static long get(byte[] bytes, int at, int width) {
        long value = 0;
        for (int next = width - 1; next >= 0; next--) {
            value = (value << 8) | (bytes[at + next] & 0xff);
        }
        return value;
    }

    static int u16(byte[] bytes, int at) {
        return (int) get(bytes, at, 2);
    }

    static long u32(byte[] bytes, int at) {
        return get(bytes, at, 4);
    }

    static void put(byte[] bytes, int at, int width, long value) {
        for (int next = 0; next < width; next++) {
            bytes[at + next] = (byte) (value >> (8 * next));
        }
    }

    /** Whether {@code P K} and these two bytes stand there. */
    static boolean isSigned(byte[] bytes, int at, int three, int four) {
        return at >= 0
                && at + 4 <= bytes.length
                && bytes[at] == 'P'
                && bytes[at + 1] == 'K'
                && bytes[at + 2] == three
                && bytes[at + 3] == four;
    }

    /** The same with other bytes in the place of some, which may be none. */
    static byte[] replaced(byte[] bytes, int from, int to, byte[] with) {
        byte[] replaced = Arrays.copyOf(bytes, bytes.length - (to - from) + with.length);
        System.arraycopy(with, 0, replaced, from, with.length);
        System.arraycopy(bytes, to, replaced, from + with.length, bytes.length - to);
        return replaced;
    }

    static byte[] inserted(byte[] bytes, int at, byte[] more) {
        return replaced(bytes, at, at, more);
    }

    static byte[] joined(byte[] one, byte[] other) {
        return replaced(one, one.length, one.length, other);
    }
}
