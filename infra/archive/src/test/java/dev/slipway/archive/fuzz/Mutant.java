package dev.slipway.archive.fuzz;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.zip.GZIPInputStream;

/**
 * A damaged archive.
 *
 * @param trees one of which it has to hold where it is accepted; empty where no checksum guards
 *     what was changed, so that it is only known that all readers have to agree
 */
record Mutant(byte[] bytes, List<Map<String, ByteBuffer>> trees) {
    private static final int BASES = 600;
    private static final Map<Integer, Base> KNOWN = new ConcurrentHashMap<>();

    /** A small legal archive. */
    private record Base(byte[] bytes, byte[] tar, Map<String, ByteBuffer> tree) {
        static Base of(int number) {
            return KNOWN.computeIfAbsent(number, Base::made);
        }

        private static Base made(int number) {
            Chance chance = new Chance(-1L - number);
            LegalTree tree = LegalTree.small(chance);
            try {
                byte[] bytes = Writer.any(chance).write(tree, chance);
                return new Base(bytes, isGzip(bytes) ? gunzip(bytes) : bytes, tree.contents());
            } catch (IOException e) {
                throw new IllegalStateException(e);
            }
        }
    }

    static Mutant of(long seed) throws IOException {
        Chance chance = new Chance(seed);
        Base base = Base.of(chance.below(BASES));
        Base other = Base.of(chance.below(BASES));
        if (isZip(base.bytes)) {
            return zip(base, other, chance);
        }
        if (isGzip(base.bytes) && chance.hits(0.5)) {
            return gzip(base, other, chance);
        }
        byte[] tar = TarChanges.of(base.tar, other.tar, chance);
        return new Mutant(isGzip(base.bytes) ? Gzips.gzip(tar, chance) : tar, List.of());
    }

    private static Mutant zip(Base base, Base other, Chance chance) {
        List<Map<String, ByteBuffer>> trees = List.of(base.tree, other.tree);
        byte[] changed = base.bytes;
        boolean inParts = chance.hits(0.6);
        if (inParts) {
            ZipChanges.Changed parts = ZipChanges.of(changed, chance);
            changed = parts.zip();
            trees = parts.renamed() ? List.of() : trees;
        }
        if (!inParts || chance.hits(0.3)) {
            changed = anyBytes(changed, other.bytes, true, chance);
        }
        if (chance.hits(0.3)) {
            return new Mutant(Mending.zip(changed), List.of());
        }
        return guarded(changed, trees);
    }

    private static Mutant gzip(Base base, Base other, Chance chance) {
        byte[] changed = anyBytes(base.bytes, other.bytes, false, chance);
        if (chance.hits(0.5)) {
            return new Mutant(Mending.gzip(changed), List.of());
        }
        return guarded(changed, List.of(base.tree, other.tree));
    }

    /** A part of a plain tar may be all that is left. */
    private static Mutant guarded(byte[] bytes, List<Map<String, ByteBuffer>> trees) {
        return new Mutant(bytes, isZip(bytes) || isGzip(bytes) ? trees : List.of());
    }

    private static byte[] anyBytes(byte[] bytes, byte[] other, boolean zip, Chance chance) {
        byte[] changed = bytes;
        int count = chance.between(1, chance.hits(0.5) ? 1 : 4);
        for (int at = 0; at < count; at++) {
            List<Field> fields = zip ? Field.ofZip(changed) : gzipFields(changed);
            changed = ByteChanges.one(changed, other, fields, chance);
        }
        return changed;
    }

    private static List<Field> gzipFields(byte[] gzip) {
        List<Field> fields = new ArrayList<>();
        for (int at : new int[] {2, 3, 3, 4, 8, 9, 10, 11}) {
            fields.add(new Field(at, 1, false));
        }
        fields.add(new Field(Math.max(0, gzip.length - 8), 4, false));
        fields.add(new Field(Math.max(0, gzip.length - 4), 4, false));
        return fields;
    }

    static boolean isZip(byte[] bytes) {
        return Words.isSigned(bytes, 0, 3, 4);
    }

    static boolean isGzip(byte[] bytes) {
        return bytes.length > 2 && bytes[0] == 0x1f && bytes[1] == (byte) 0x8b;
    }

    private static byte[] gunzip(byte[] gzip) throws IOException {
        try (GZIPInputStream in = new GZIPInputStream(new ByteArrayInputStream(gzip))) {
            return in.readAllBytes();
        }
    }
}
