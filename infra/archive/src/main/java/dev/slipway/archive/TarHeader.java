package dev.slipway.archive;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/** One 512-byte header block of a tar (POSIX ustar, GNU, and the seventh edition's). */
final class TarHeader {
    static final int BLOCK = 512;

    private static final byte[] END = new byte[BLOCK];
    private static final int CHECKSUM_AT = 148;
    private static final int CHECKSUM_BYTES = 8;
    private static final int MAGIC_AT = 257;
    private static final byte[] POSIX = {'u', 's', 't', 'a', 'r', 0}; // and any version
    private static final byte[] GNU = {'u', 's', 't', 'a', 'r', ' ', ' ', 0};
    private static final int DEVICE_AT = 329; // GNU writes zeros in digits there, in old tars too
    private static final int PREFIX_AT = 345;

    private final byte[] block;

    TarHeader(byte[] block) throws Refusal {
        this.block = block;
        if (!is(block) || checksum() != number(CHECKSUM_AT, CHECKSUM_BYTES)) {
            throw Refusal.damaged(null, "the tar holds something that is no entry");
        }
    }

    /**
     * Whether a block looks like one: by the magic of POSIX and GNU, or by the right checksum where
     * the seventh edition has nothing yet.
     */
    static boolean is(byte[] block) {
        if (block.length != BLOCK) {
            return false;
        }
        if (has(block, POSIX) || has(block, GNU)) {
            return true;
        }
        return isEmpty(block, MAGIC_AT, DEVICE_AT)
                && isEmpty(block, PREFIX_AT, BLOCK)
                && hasChecksum(block);
    }

    private static boolean has(byte[] block, byte[] magic) {
        return Arrays.equals(block, MAGIC_AT, MAGIC_AT + magic.length, magic, 0, magic.length);
    }

    private static boolean isEmpty(byte[] block, int from, int to) {
        return Arrays.equals(block, from, to, END, from, to);
    }

    private static boolean hasChecksum(byte[] block) {
        return block[0] != 0 && sum(block) == number(block, CHECKSUM_AT, CHECKSUM_BYTES);
    }

    static boolean isEnd(byte[] block) {
        return Arrays.equals(block, END);
    }

    private long checksum() {
        return sum(block);
    }

    private static long sum(byte[] block) {
        long sum = (long) CHECKSUM_BYTES * ' ';
        for (int at = 0; at < BLOCK; at++) {
            boolean own = at >= CHECKSUM_AT && at < CHECKSUM_AT + CHECKSUM_BYTES;
            sum += own ? 0 : block[at] & 0xff;
        }
        return sum;
    }

    char type() {
        return (char) (block[156] & 0xff);
    }

    int mode() throws Refusal {
        return (int) number(100, 8);
    }

    /** What the header says; an extended header has to say the same. */
    long size() throws Refusal {
        return number(124, 12);
    }

    /** Name and prefix joined; GNU keeps other things where POSIX keeps the prefix. */
    byte[] name() {
        byte[] name = text(0, 100);
        byte[] prefix = has(block, POSIX) ? text(PREFIX_AT, 155) : new byte[0];
        if (prefix.length == 0) {
            return name;
        }
        byte[] whole = Arrays.copyOf(prefix, prefix.length + 1 + name.length);
        whole[prefix.length] = '/';
        System.arraycopy(name, 0, whole, prefix.length + 1, name.length);
        return whole;
    }

    String displayName() {
        return new String(name(), StandardCharsets.UTF_8);
    }

    private byte[] text(int at, int length) {
        int end = at;
        while (end < at + length && block[end] != 0) {
            end++;
        }
        return Arrays.copyOfRange(block, at, end);
    }

    private long number(int at, int length) throws Refusal {
        long number = number(block, at, length);
        if (number < 0) {
            throw Refusal.damaged(
                    displayName(),
                    "a tar entry's header has a number that is none, or out of range");
        }
        return number;
    }

    /**
     * Octal, or GNU's big-endian binary where the first bit is set; negative where it is neither.
     */
    private static long number(byte[] block, int at, int length) {
        return (block[at] & 0x80) == 0 ? octal(block, at, length) : binary(block, at, length);
    }

    private static long octal(byte[] block, int at, int length) {
        int end = at + length;
        int next = at;
        while (next < end && block[next] == ' ') {
            next++;
        }
        long value = 0;
        for (; next < end && block[next] != ' ' && block[next] != 0; next++) {
            if (block[next] < '0' || block[next] > '7') {
                return -1;
            }
            value = value << 3 | block[next] - '0';
        }
        for (; next < end; next++) {
            if (block[next] != ' ' && block[next] != 0) {
                return -1;
            }
        }
        return value;
    }

    private static long binary(byte[] block, int at, int length) {
        long value = block[at] & 0x7f;
        for (int next = at + 1; next < at + length; next++) {
            if (value > Long.MAX_VALUE >> 8) {
                return -1;
            }
            value = value << 8 | (block[next] & 0xff);
        }
        return value;
    }
}
