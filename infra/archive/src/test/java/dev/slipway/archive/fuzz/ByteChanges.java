package dev.slipway.archive.fuzz;

import java.util.Arrays;
import java.util.List;

/** Changes that know nothing of a format. */
final class ByteChanges {
    private static final int[] VALUES = {
        0, 1, 8, 0x7f, 0x80, 0xff, 0x2e, 0x2f, 0x30, 0x37, 0x4c, 0x78, 0x50
    };

    private ByteChanges() {}

    /** One change of a field or of any bytes. */
    static byte[] one(byte[] archive, byte[] other, List<Field> fields, Chance chance) {
        if (archive.length < 4) {
            return other.clone();
        }
        if (!fields.isEmpty() && chance.hits(0.5)) {
            byte[] changed = archive.clone();
            Field field = chance.of(fields);
            if (field.at() + field.width() <= changed.length) {
                field.change(changed, chance);
            }
            return changed;
        }
        return switch (chance.below(10)) {
            case 0, 1, 2 -> set(archive, chance);
            case 3 -> flipped(archive, chance);
            case 4 -> number(archive, chance);
            case 5 -> inserted(archive, chance);
            case 6 -> deleted(archive, chance);
            case 7 -> range(archive, chance);
            case 8 -> cut(archive, chance);
            default -> spliced(archive, other, chance);
        };
    }

    private static byte[] set(byte[] archive, Chance chance) {
        byte[] changed = archive.clone();
        changed[chance.below(changed.length)] =
                chance.hits(0.5) ? (byte) VALUES[chance.below(VALUES.length)] : chance.anyByte();
        return changed;
    }

    private static byte[] flipped(byte[] archive, Chance chance) {
        byte[] changed = archive.clone();
        changed[chance.below(changed.length)] ^= (byte) (1 << chance.below(8));
        return changed;
    }

    private static byte[] number(byte[] archive, Chance chance) {
        byte[] changed = archive.clone();
        int width = Math.min(chance.of(1, 2, 4, 8), changed.length);
        int at = chance.below(changed.length - width + 1);
        long old = Words.get(changed, at, width);
        Words.put(changed, at, width, Field.number(old, changed.length, chance));
        return changed;
    }

    private static byte[] inserted(byte[] archive, Chance chance) {
        int count = chance.of(1, 1, 2, 4, 8, 16, 24, 512);
        byte[] more = chance.hits(0.5) ? new byte[count] : chance.bytes(count);
        int at = chance.hits(0.3) ? archive.length : chance.below(archive.length + 1);
        return Words.inserted(archive, at, more);
    }

    private static byte[] deleted(byte[] archive, Chance chance) {
        int from = chance.below(archive.length);
        int count = Math.min(chance.of(1, 1, 2, 4, 8, 12, 512), archive.length - from);
        return Words.replaced(archive, from, from + count, new byte[0]);
    }

    /** Doubles, moves or swaps what stands somewhere. */
    private static byte[] range(byte[] archive, Chance chance) {
        int length = Math.min(chance.of(4, 16, 64, 512, 1024), archive.length / 2);
        int one = chance.below(archive.length - length + 1);
        int other = chance.below(archive.length - length + 1);
        byte[] bytes = Arrays.copyOfRange(archive, one, one + length);
        return switch (chance.below(3)) {
            case 0 -> Words.inserted(archive, other, bytes);
            case 1 ->
                    Words.inserted(
                            Words.replaced(archive, one, one + length, new byte[0]),
                            Math.min(other, archive.length - length),
                            bytes);
            default -> Words.replaced(archive, other, other + length, bytes);
        };
    }

    private static byte[] cut(byte[] archive, Chance chance) {
        int most = chance.hits(0.5) ? Math.min(archive.length, 40) : archive.length;
        return Arrays.copyOf(archive, archive.length - chance.below(most));
    }

    /** The start of one and the end of the other. */
    private static byte[] spliced(byte[] archive, byte[] other, Chance chance) {
        byte[] start = Arrays.copyOf(archive, chance.below(archive.length + 1));
        return Words.joined(
                start, Arrays.copyOfRange(other, chance.below(other.length), other.length));
    }
}
