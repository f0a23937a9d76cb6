package dev.slipway.archive.fuzz;

import java.util.ArrayList;
import java.util.List;

/**
 * A place in an archive whose value means something.
 *
 * @param text whether it holds text or octal digits, as in tars
 */
record Field(int at, int width, boolean text) {
    private static final int[][] LOCAL = {
        {4, 2}, {6, 2}, {8, 2}, {14, 4}, {18, 4}, {22, 4}, {26, 2}, {28, 2}, {30, 1}
    };
    private static final int[][] CENTRAL = {
        {4, 2}, {6, 2}, {8, 2}, {10, 2}, {16, 4}, {20, 4}, {24, 4}, {28, 2}, {30, 2}, {32, 2},
        {34, 2}, {38, 4}, {42, 4}, {46, 1}
    };
    private static final int[][] END = {{4, 2}, {6, 2}, {8, 2}, {10, 2}, {12, 4}, {16, 4}, {20, 2}};
    private static final int[][] END64 = {
        {4, 8}, {16, 4}, {20, 4}, {24, 8}, {32, 8}, {40, 8}, {48, 8}
    };
    private static final int[][] LOCATOR = {{4, 4}, {8, 8}, {16, 4}};
    private static final int[][] DESCRIPTOR = {{0, 4}, {4, 4}, {8, 4}, {12, 4}};
    private static final int[][] TAR = {
        {0, 1},
        {0, 100},
        {100, 8},
        {108, 8},
        {124, 12},
        {136, 12},
        {148, 8},
        {156, 1},
        {156, 1},
        {157, 100},
        {257, 6},
        {257, 8},
        {263, 2},
        {265, 32},
        {329, 8},
        {345, 155},
        {345, 1},
        {500, 12}
    };

    static List<Field> ofZip(byte[] zip) {
        List<Field> fields = new ArrayList<>();
        for (int at = 0; at + 4 <= zip.length; at++) {
            if (zip[at] == 'P' && zip[at + 1] == 'K') {
                add(fields, at, table(zip[at + 2] << 8 | zip[at + 3]), zip.length, false);
            }
        }
        return fields;
    }

    private static int[][] table(int signature) {
        return switch (signature) {
            case 0x0102 -> CENTRAL;
            case 0x0304 -> LOCAL;
            case 0x0506 -> END;
            case 0x0606 -> END64;
            case 0x0607 -> LOCATOR;
            case 0x0708 -> DESCRIPTOR;
            default -> new int[0][];
        };
    }

    static List<Field> ofTar(byte[] tar) {
        List<Field> fields = new ArrayList<>();
        for (int at = 0; at + PlainTars.BLOCK <= tar.length; at += PlainTars.BLOCK) {
            if (isHeader(tar, at)) {
                add(fields, at, TAR, tar.length, true);
            }
        }
        return fields;
    }

    /** Something before and an octal checksum behind; contents seldom look like that. */
    static boolean isHeader(byte[] tar, int at) {
        return tar[at] != 0
                && tar[at + 155] == ' '
                && tar[at + 154] == 0
                && tar[at + 148] >= '0'
                && tar[at + 148] <= '7';
    }

    private static void add(List<Field> to, int at, int[][] table, int length, boolean text) {
        for (int[] field : table) {
            if (at + field[0] + field[1] <= length) {
                to.add(new Field(at + field[0], field[1], text));
            }
        }
    }

    /** Sets it to something that means something somewhere. */
    void change(byte[] archive, Chance chance) {
        if (text) {
            changeText(archive, chance);
        } else {
            long old = Words.get(archive, at, width);
            Words.put(archive, at, width, number(old, archive.length, chance));
        }
    }

    static long number(long old, int size, Chance chance) {
        return switch (chance.below(12)) {
            case 0 -> 0;
            case 1 -> 1;
            case 2 -> -1;
            case 3 -> Long.MAX_VALUE;
            case 4 -> 0x7fff_ffffL;
            case 5 -> size;
            case 6 -> size - 1L;
            case 7 -> old + 1;
            case 8 -> old - 1;
            case 9 -> old ^ (1L << chance.below(16));
            case 10 -> 0x8000L << (16 * chance.below(3));
            default -> chance.of(8, 20, 24, 30, 46, 255, 512, 0xffff);
        };
    }

    private void changeText(byte[] archive, Chance chance) {
        switch (chance.below(6)) {
            case 0 -> archive[at + chance.below(width)] = chance.anyByte();
            case 1 ->
                    archive[at + chance.below(width)] =
                            chance.of((byte) 0, (byte) ' ', (byte) '/', (byte) '7', (byte) 'a');
            case 2 -> archive[at] = chance.of((byte) 0x80, (byte) 0xff, (byte) 0, (byte) ' ');
            case 3 -> octal(archive, number(512, archive.length, chance));
            case 4 -> archive[at + width - 1] = chance.of((byte) '0', (byte) 0, (byte) '/');
            default ->
                    archive[at] =
                            chance.of(
                                    (byte) '0',
                                    (byte) '5',
                                    (byte) '7',
                                    (byte) 'L',
                                    (byte) 'x',
                                    (byte) 'g',
                                    (byte) 'S',
                                    (byte) 'K',
                                    (byte) '1',
                                    (byte) '.');
        }
    }

    private void octal(byte[] archive, long value) {
        if (width >= 8) {
            int digits = Math.min(width, 12) - 1;
            System.arraycopy(PlainTars.octal(value, digits), 0, archive, at, digits);
        }
    }
}
