package dev.slipway.archive.fuzz;

import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;

/** Tars by hand: POSIX with names split in two, or the seventh edition's. */
final class PlainTars {
    static final int BLOCK = 512;

    private static final int NAME = 100;
    private static final int PREFIX_AT = 345;
    private static final int PREFIX = 155;
    private static final byte[] POSIX = {'u', 's', 't', 'a', 'r', 0, '0', '0'};
    private static final byte[] GNU = {'u', 's', 't', 'a', 'r', ' ', ' ', 0};

    private PlainTars() {}

    static byte[] tar(LegalTree tree, Chance chance) {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        List<Item> items = Item.of(tree, chance, JavaZips.prefix(chance));
        boolean old = chance.hits(0.3) && items.stream().allMatch(PlainTars::isShort);
        for (Item item : items) {
            add(out, item, old);
        }
        out.writeBytes(new byte[BLOCK * chance.between(1, 4)]);
        return out.toByteArray();
    }

    private static boolean isShort(Item item) {
        return item.name().getBytes(StandardCharsets.UTF_8).length <= NAME;
    }

    private static void add(ByteArrayOutputStream out, Item item, boolean old) {
        byte[] name = item.name().getBytes(StandardCharsets.UTF_8);
        byte[] block = new byte[BLOCK];
        int slash = name.length > NAME ? split(name) : 0;
        if (slash < 0) {
            out.writeBytes(extension('L', Arrays.copyOf(name, name.length + 1)));
            put(block, 0, Arrays.copyOf(name, NAME));
        } else if (slash > 0) {
            put(block, PREFIX_AT, Arrays.copyOf(name, slash));
            put(block, 0, Arrays.copyOfRange(name, slash + 1, name.length));
        } else {
            put(block, 0, name);
        }
        describe(block, item.isFolder() ? '5' : '0', item.mode() & 07777, item.content().length);
        if (old) {
            Arrays.fill(block, 257, 265, (byte) 0);
            block[156] = 0;
        } else if (slash < 0) {
            put(block, 257, GNU);
        }
        sign(block);
        out.writeBytes(block);
        out.writeBytes(padded(item.content()));
    }

    /** Where a prefix ends that leaves a name, both short enough; less than 0 where none does. */
    private static int split(byte[] name) {
        for (int at = Math.min(PREFIX, name.length - 2); at > 0; at--) {
            if (name[at] == '/' && name.length - at - 1 <= NAME) {
                return at;
            }
        }
        return -1;
    }

    /** A header that only says more of the next entry. */
    static byte[] extension(char type, byte[] content) {
        byte[] block = new byte[BLOCK];
        put(block, 0, "extension".getBytes(StandardCharsets.US_ASCII));
        describe(block, type, 0644, content.length);
        sign(block);
        byte[] padded = padded(content);
        byte[] both = Arrays.copyOf(block, BLOCK + padded.length);
        put(both, BLOCK, padded);
        return both;
    }

    private static void describe(byte[] block, char type, int mode, int size) {
        put(block, 100, octal(mode, 7));
        put(block, 108, octal(1000, 7));
        put(block, 116, octal(1000, 7));
        put(block, 124, octal(size, 11));
        put(block, 136, octal(1_700_000_000, 11));
        block[156] = (byte) type;
        put(block, 257, POSIX);
    }

    static byte[] octal(long number, int digits) {
        String text = "0".repeat(digits) + Long.toOctalString(number);
        return text.substring(text.length() - digits).getBytes(StandardCharsets.US_ASCII);
    }

    /** Writes the checksum of the header at the start of these bytes. */
    static void sign(byte[] block) {
        sign(block, 0);
    }

    static void sign(byte[] tar, int at) {
        Arrays.fill(tar, at + 148, at + 156, (byte) ' ');
        int sum = 0;
        for (int next = at; next < at + BLOCK; next++) {
            sum += tar[next] & 0xff;
        }
        put(tar, at + 148, octal(sum, 6));
        tar[at + 154] = 0;
    }

    private static byte[] padded(byte[] content) {
        return Arrays.copyOf(content, (content.length + BLOCK - 1) / BLOCK * BLOCK);
    }

    private static void put(byte[] into, int at, byte[] bytes) {
        System.arraycopy(bytes, 0, into, at, bytes.length);
    }
}
