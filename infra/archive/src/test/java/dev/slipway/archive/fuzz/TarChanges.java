package dev.slipway.archive.fuzz;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;

/** Changes of a tar: its fields, its blocks, and headers that say more of the next entry. */
final class TarChanges {
    private static final int BLOCK = PlainTars.BLOCK;
    private static final String[] KEYS = {
        "path",
        "path",
        "size",
        "mtime",
        "linkpath",
        "GNU.sparse.name",
        "comment",
        "uid",
        "SCHILY.realsize",
        "hdrcharset"
    };

    private TarChanges() {}

    static byte[] of(byte[] tar, byte[] other, Chance chance) {
        byte[] changed = tar;
        int count = chance.between(1, 4);
        for (int at = 0; at < count; at++) {
            changed = one(changed, other, chance);
        }
        return chance.hits(0.8) ? signed(changed) : changed;
    }

    private static byte[] one(byte[] tar, byte[] other, Chance chance) {
        int blocks = tar.length / BLOCK;
        if (blocks < 2 || chance.hits(0.6)) {
            return ByteChanges.one(tar, other, Field.ofTar(tar), chance);
        }
        int at = BLOCK * chance.below(blocks);
        byte[] block = Arrays.copyOfRange(tar, at, at + BLOCK);
        return switch (chance.below(5)) {
            case 0 -> Words.inserted(tar, at, block);
            case 1 -> Words.replaced(tar, at, at + BLOCK, new byte[0]);
            case 2 -> Words.inserted(tar, BLOCK * chance.below(blocks), block);
            case 3 -> Words.replaced(tar, at, at + BLOCK, new byte[BLOCK]);
            default -> Words.inserted(tar, header(tar, chance), extension(chance));
        };
    }

    /** Where a header stands, if one does. */
    private static int header(byte[] tar, Chance chance) {
        List<Field> fields = Field.ofTar(tar);
        return fields.isEmpty() ? 0 : chance.of(fields).at() / BLOCK * BLOCK;
    }

    private static byte[] extension(Chance chance) {
        if (chance.hits(0.3)) {
            String name = chance.of("b", "b\0", "b\0c", "./c/d", "a/../b", "e/", "");
            return PlainTars.extension(chance.of('L', 'K'), name.getBytes(StandardCharsets.UTF_8));
        }
        String records = record(chance) + (chance.hits(0.3) ? record(chance) : "");
        return PlainTars.extension(
                chance.hits(0.8) ? 'x' : 'g', records.getBytes(StandardCharsets.UTF_8));
    }

    private static String record(Chance chance) {
        String value =
                chance.of(
                        "f", "x/y", "0", "1", "512", "1700000000.5", "", "a/", "./q", "a=b", "1\0");
        String text = " " + chance.of(KEYS) + "=" + value + "\n";
        int length = text.length() + 1;
        length += length > 9 ? 1 : 0;
        return (length + (chance.hits(0.1) ? chance.between(-2, 2) : 0)) + text;
    }

    /** Otherwise a changed header would be refused before anything else of it is read. */
    private static byte[] signed(byte[] tar) {
        byte[] signed = tar.clone();
        for (int at = 0; at + BLOCK <= signed.length; at += BLOCK) {
            if (Field.isHeader(signed, at)) {
                PlainTars.sign(signed, at);
            }
        }
        return signed;
    }
}
