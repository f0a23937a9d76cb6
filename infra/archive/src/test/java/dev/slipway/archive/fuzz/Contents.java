package dev.slipway.archive.fuzz;

import java.nio.charset.StandardCharsets;

/** What files hold: nothing, text, noise, and sizes around those that count somewhere. */
final class Contents {
    private static final int TAR_BLOCK = 512;
    private static final int GZIP_BLOCK = 256 * 1024;
    private static final int HUGE = 1_300_000;
    private static final byte[] TEXT =
            "const x = require('./lib'); // träger\n".getBytes(StandardCharsets.UTF_8);

    private Contents() {}

    static byte[] small(Chance chance) {
        return switch (chance.below(5)) {
            case 0 -> new byte[0];
            case 1 -> filled(chance, chance.between(1, 20));
            case 2 -> filled(chance, TAR_BLOCK * chance.between(1, 3) + chance.between(-1, 1));
            default -> filled(chance, chance.between(20, 400));
        };
    }

    static byte[] any(Chance chance) {
        return chance.hits(0.8) ? small(chance) : filled(chance, chance.between(400, 12_000));
    }

    /** More than one block of a gzip that is made in parallel; huge ones cannot be compressed. */
    static byte[] large(Chance chance) {
        if (chance.hits(0.05)) {
            return chance.bytes(HUGE);
        }
        int blocks = chance.between(1, 3);
        int headers = TAR_BLOCK * chance.below(4);
        return filled(
                chance,
                chance.hits(0.5)
                        ? GZIP_BLOCK * blocks - headers + chance.between(-1, 1)
                        : chance.between(GZIP_BLOCK, GZIP_BLOCK * 3));
    }

    private static byte[] filled(Chance chance, int size) {
        return switch (chance.below(4)) {
            case 0 -> chance.bytes(size);
            case 1 -> new byte[size];
            default -> text(size, chance.below(TEXT.length));
        };
    }

    private static byte[] text(int size, int from) {
        byte[] text = new byte[size];
        for (int at = 0; at < size; at++) {
            text[at] = TEXT[(at + from) % TEXT.length];
        }
        return text;
    }
}
