package dev.slipway.archive;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/** One 512-byte header block of a tar (POSIX ustar, GNU). */
final class TarHeader {
    static final int BLOCK = 512;

    private static final int CHECKSUM_AT = 148;
    private static final int CHECKSUM_BYTES = 8;

    private final byte[] block;

    TarHeader(byte[] block) throws Refusal {
        this.block = block;
        if (!Format.isTar(block) || checksum() != number(CHECKSUM_AT, CHECKSUM_BYTES)) {
            throw Refusal.damaged(null, "the tar holds something that is no entry");
        }
    }

    static boolean isEnd(byte[] block) {
        return Arrays.equals(block, new byte[BLOCK]);
    }

    private long checksum() {
        long sum = 0;
        for (int at = 0; at < BLOCK; at++) {
            boolean own = at >= CHECKSUM_AT && at < CHECKSUM_AT + CHECKSUM_BYTES;
            sum += own ? ' ' : block[at] & 0xff;
        }
        return sum;
    }

    char type() {
        return (char) (block[156] & 0xff);
    }

    int mode() throws Refusal {
        return (int) number(100, 8);
    }

    /** What the header says; an extended header may say otherwise. */
    long size() throws Refusal {
        return number(124, 12);
    }

    /** Name and prefix joined; GNU keeps other things where POSIX keeps the prefix. */
    byte[] name() {
        byte[] name = text(0, 100);
        byte[] prefix = block[263] == '0' ? text(345, 155) : new byte[0];
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

    /** Octal, or GNU's big-endian binary where the first bit is set. */
    private long number(int at, int length) throws Refusal {
        if ((block[at] & 0x80) != 0) {
            return binary(at, length);
        }
        String digits = new String(text(at, length), StandardCharsets.ISO_8859_1).strip();
        if (digits.isEmpty()) {
            return 0;
        }
        if (!digits.chars().allMatch(c -> c >= '0' && c <= '7')) {
            throw Refusal.damaged(null, "a tar entry's header has a number that is none");
        }
        return Long.parseLong(digits, 8);
    }

    private long binary(int at, int length) throws Refusal {
        long value = block[at] & 0x7f;
        for (int next = at + 1; next < at + length; next++) {
            if (value > Long.MAX_VALUE >> 8) {
                throw Refusal.damaged(null, "a tar entry's header has a number out of range");
            }
            value = value << 8 | (block[next] & 0xff);
        }
        return value;
    }
}
