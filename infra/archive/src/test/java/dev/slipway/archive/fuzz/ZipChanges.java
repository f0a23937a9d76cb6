package dev.slipway.archive.fuzz;

import dev.slipway.archive.fuzz.ZipParts.Part;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/** Changes of a zip that hide well: in both places at once, or with all offsets mended. */
final class ZipChanges {
    private static final byte[] NAME_BYTES = "/.\\ aA~:\0x".getBytes(StandardCharsets.US_ASCII);
    private static final byte[] NONE = {};
    private static final int LOCAL_EXTRA_LENGTH = 28;
    private static final int CENTRAL_EXTRA_LENGTH = 30;

    private final ZipParts zip;
    private final Chance chance;
    private boolean renamed;

    private ZipChanges(ZipParts zip, Chance chance) {
        this.zip = zip;
        this.chance = chance;
    }

    /** A changed zip, and whether it may now hold another tree. */
    record Changed(byte[] zip, boolean renamed) {}

    static Changed of(byte[] legal, Chance chance) {
        ZipChanges changes = new ZipChanges(ZipParts.of(legal), chance);
        int count = chance.between(1, 3);
        for (int at = 0; at < count && !changes.zip.parts.isEmpty(); at++) {
            changes.one();
        }
        byte[] joined = changes.zip.joined(chance, chance.hits(0.1));
        return new Changed(joined, changes.renamed);
    }

    private void one() {
        Part part = chance.of(zip.parts);
        if (part.local.length < ZipParts.LOCAL_BYTES
                || part.central.length < ZipParts.CENTRAL_BYTES) {
            return;
        }
        switch (chance.below(14)) {
            case 0 -> doubled(part);
            case 1 -> dropped(part);
            case 2, 3 -> renameBoth(part);
            case 4 -> renameOne(part);
            case 5 -> junk(part);
            case 6 -> header(part);
            case 7, 8 -> extra(part);
            case 9, 10 -> descriptor(part);
            case 11 -> end();
            case 12 -> retype(part);
            default -> nested(part);
        }
    }

    private void doubled(Part part) {
        Part copy = part.copy();
        switch (chance.below(3)) {
            case 0 -> copy.local = NONE;
            case 1 -> copy.central = NONE;
            default -> {}
        }
        if (chance.hits(0.3) && copy.local.length > 0 && copy.central.length > 0) {
            renameBoth(copy);
        }
        zip.parts.add(zip.parts.indexOf(part) + 1, copy);
    }

    private void dropped(Part part) {
        switch (chance.below(3)) {
            case 0 -> part.local = NONE;
            case 1 -> part.central = NONE;
            default -> {
                zip.parts.remove(part);
                renamed = true;
            }
        }
    }

    private void renameBoth(Part part) {
        int bytes = part.nameBytes();
        if (bytes > 0) {
            int at = chance.hits(0.3) ? bytes - 1 : chance.below(bytes);
            byte to = chance.hits(0.8) ? NAME_BYTES[chance.below(10)] : chance.anyByte();
            part.local[ZipParts.LOCAL_BYTES + at] = to;
            part.central[ZipParts.CENTRAL_BYTES + at] = to;
            renamed = true;
        }
    }

    private void renameOne(Part part) {
        int bytes = part.nameBytes();
        if (bytes > 0) {
            int at = chance.below(bytes);
            byte to = NAME_BYTES[chance.below(10)];
            if (chance.hits(0.5)) {
                part.local[ZipParts.LOCAL_BYTES + at] = to;
            } else {
                part.central[ZipParts.CENTRAL_BYTES + at] = to;
            }
        }
    }

    private void junk(Part part) {
        byte[] junk = chance.hits(0.5) ? part.local : chance.bytes(chance.between(1, 40));
        switch (chance.below(3)) {
            case 0 -> zip.before = junk;
            case 1 -> part.behind = junk;
            default -> zip.beforeEnd = junk;
        }
    }

    /** The same field in both headers: flags, method, checksum, compressed size, size. */
    private void header(Part part) {
        int field = chance.below(5);
        int local = new int[] {6, 8, 14, 18, 22}[field];
        int central = new int[] {8, 10, 16, 20, 24}[field];
        int width = field < 2 ? 2 : 4;
        long old = Words.get(part.central, central, width);
        long value =
                field < 2
                        ? old ^ (1L << chance.below(16))
                        : Field.number(old, part.local.length, chance);
        Words.put(part.central, central, width, value);
        if (chance.hits(0.8)) {
            Words.put(part.local, local, width, value);
        }
    }

    private void retype(Part part) {
        int method = (int) Words.get(part.central, 10, 2);
        Words.put(part.central, 10, 2, 8 - method);
        Words.put(part.local, 8, 2, 8 - method);
        Words.put(part.central, 38, 4, (long) chance.of(0100644, 040755, 0120777, 0) << 16);
    }

    private void extra(Part part) {
        byte[] field = ExtraFields.any(part, chance);
        int which = chance.below(3);
        if (which != 0) {
            part.local = withExtra(part.local, ZipParts.LOCAL_BYTES, LOCAL_EXTRA_LENGTH, field);
        }
        if (which != 1) {
            part.central =
                    withExtra(part.central, ZipParts.CENTRAL_BYTES, CENTRAL_EXTRA_LENGTH, field);
        }
    }

    private static byte[] withExtra(byte[] header, int nameAt, int lengthAt, byte[] field) {
        int at = nameAt + Words.u16(header, lengthAt - 2) + Words.u16(header, lengthAt);
        if (at > header.length) {
            return header;
        }
        byte[] changed = Words.inserted(header, at, field);
        Words.put(changed, lengthAt, 2, Words.u16(header, lengthAt) + (long) field.length);
        return changed;
    }

    /** Sizes and checksum behind the content, in one of four forms. */
    private void descriptor(Part part) {
        int content = ZipParts.LOCAL_BYTES + Words.u16(part.local, 26) + Words.u16(part.local, 28);
        long stop = content + Words.u32(part.central, 20);
        if (stop > part.local.length) {
            return;
        }
        Words.put(part.local, 6, 2, Words.u16(part.local, 6) | 8L);
        Words.put(part.central, 8, 2, Words.u16(part.central, 8) | 8L);
        if (chance.hits(0.7)) {
            Arrays.fill(part.local, 14, 26, (byte) 0);
        }
        part.local = Words.joined(Arrays.copyOf(part.local, (int) stop), described(part));
    }

    private byte[] described(Part part) {
        int width = chance.of(4, 4, 8);
        byte[] descriptor = new byte[8 + 2 * width];
        Words.put(descriptor, 0, 4, 0x08074b50L);
        Words.put(descriptor, 4, 4, Words.u32(part.central, 16));
        Words.put(descriptor, 8, width, Words.u32(part.central, 20));
        Words.put(descriptor, 8 + width, width, Words.u32(part.central, 24));
        return chance.hits(0.7) ? descriptor : Arrays.copyOfRange(descriptor, 4, descriptor.length);
    }

    private void end() {
        switch (chance.below(4)) {
            case 0 -> zip.entriesOff = chance.of(-1, 1);
            case 1 -> zip.startOff = chance.of(-1, 1, 46);
            case 2 -> zip.end = Words.joined(zip.end, chance.hits(0.5) ? new byte[1] : zip.end);
            default -> comment(chance.hits(0.5) ? chance.bytes(5) : zip.end);
        }
    }

    private void comment(byte[] comment) {
        int at = Words.isSigned(zip.end, 0, 6, 6) ? 76 : 0;
        byte[] end = Arrays.copyOf(zip.end, at + 22);
        Words.put(end, at + 20, 2, comment.length);
        zip.end = Words.joined(end, comment);
    }

    /** An entry whose content or extra field is an entry itself. */
    private void nested(Part part) {
        Part other = chance.of(zip.parts);
        byte[] inner = chance.hits(0.5) ? other.local : other.central;
        if (inner.length > 4 && inner.length < 4000) {
            if (chance.hits(0.5)) {
                byte[] field = ExtraFields.of(0x9999, inner);
                part.local = withExtra(part.local, ZipParts.LOCAL_BYTES, LOCAL_EXTRA_LENGTH, field);
            } else {
                part.behind = inner;
            }
        }
    }
}
