package dev.slipway.archive.fuzz;

import dev.slipway.archive.fuzz.ZipParts.Part;
import java.util.Arrays;
import java.util.zip.CRC32;

/** Extra fields of zip entries, some with another name or with numbers again. */
final class ExtraFields {
    private ExtraFields() {}

    /** One, or bytes that are none. */
    static byte[] any(Part part, Chance chance) {
        byte[] name =
                Arrays.copyOfRange(
                        part.central,
                        ZipParts.CENTRAL_BYTES,
                        Math.min(part.central.length, ZipParts.CENTRAL_BYTES + part.nameBytes()));
        return switch (chance.below(6)) {
            case 0 -> new byte[chance.between(1, 8)];
            case 1 -> chance.bytes(chance.between(1, 12));
            case 2 -> unicodePath(name, chance);
            case 3 -> wide(part, chance.between(0, 4));
            case 4 -> of(0x9999, chance.bytes(chance.between(0, 30)));
            default -> of(chance.of(1, 0x5455, 0x7875, 0xcafe), chance.bytes(8));
        };
    }

    private static byte[] unicodePath(byte[] name, Chance chance) {
        CRC32 crc = new CRC32();
        crc.update(name);
        byte[] field = Words.joined(new byte[5], name);
        field[0] = 1;
        Words.put(field, 1, 4, crc.getValue());
        if (name.length > 0 && chance.hits(0.5)) {
            field[5] = 'z';
        }
        return of(0x7075, field);
    }

    /** The numbers again, as wide ones. */
    private static byte[] wide(Part part, int count) {
        byte[] numbers = new byte[8 * count];
        long[] values = {Words.u32(part.central, 24), Words.u32(part.central, 20), 0, 0};
        for (int at = 0; at < count; at++) {
            Words.put(numbers, 8 * at, 8, values[at]);
        }
        return of(1, numbers);
    }

    static byte[] of(int kind, byte[] value) {
        byte[] header = new byte[4];
        Words.put(header, 0, 2, kind);
        Words.put(header, 2, 2, value.length);
        return Words.joined(header, value);
    }
}
