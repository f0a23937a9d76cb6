package dev.slipway.archive.fuzz;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.channels.SeekableByteChannel;
import java.util.Arrays;
import java.util.zip.CRC32;
import org.apache.commons.compress.archivers.zip.Zip64Mode;
import org.apache.commons.compress.archivers.zip.ZipArchiveEntry;
import org.apache.commons.compress.archivers.zip.ZipArchiveOutputStream;
import org.apache.commons.compress.archivers.zip.ZipArchiveOutputStream.UnicodeExtraFieldPolicy;
import org.apache.commons.compress.utils.SeekableInMemoryByteChannel;

/** Zips as commons-compress writes them, in all of its forms. */
final class CommonsZips {
    private CommonsZips() {}

    static byte[] seekable(LegalTree tree, Chance chance) throws IOException {
        try (SeekableInMemoryByteChannel channel = new SeekableInMemoryByteChannel()) {
            write(new ZipArchiveOutputStream((SeekableByteChannel) channel), tree, chance, true);
            return Arrays.copyOf(channel.array(), Math.toIntExact(channel.size()));
        }
    }

    static byte[] piped(LegalTree tree, Chance chance) throws IOException {
        return piped(tree, chance, true);
    }

    static byte[] withoutModes(LegalTree tree, Chance chance) throws IOException {
        return piped(tree, chance, false);
    }

    private static byte[] piped(LegalTree tree, Chance chance, boolean modes) throws IOException {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        write(new ZipArchiveOutputStream(out), tree, chance, modes);
        return out.toByteArray();
    }

    private static void write(
            ZipArchiveOutputStream to, LegalTree tree, Chance chance, boolean modes)
            throws IOException {
        try (ZipArchiveOutputStream zip = to) {
            choose(zip, chance);
            double stored = chance.of(0.0, 0.5, 1.0);
            for (Item item : Item.of(tree, chance, JavaZips.prefix(chance))) {
                ZipArchiveEntry entry = entry(item, chance, modes);
                if (chance.hits(stored)) {
                    store(entry, item.content());
                }
                zip.putArchiveEntry(entry);
                zip.write(item.content());
                zip.closeArchiveEntry();
            }
        }
    }

    private static void choose(ZipArchiveOutputStream zip, Chance chance) {
        zip.setUseZip64(chance.of(Zip64Mode.values()));
        zip.setLevel(chance.between(0, 9));
        zip.setUseLanguageEncodingFlag(chance.hits(0.7));
        zip.setCreateUnicodeExtraFields(
                chance.of(
                        UnicodeExtraFieldPolicy.ALWAYS,
                        UnicodeExtraFieldPolicy.NEVER,
                        UnicodeExtraFieldPolicy.NOT_ENCODEABLE));
        if (chance.hits(0.2)) {
            zip.setComment("1a2b3c4d5e6f708192a3b4c5d6e7f80912345678");
        }
    }

    private static ZipArchiveEntry entry(Item item, Chance chance, boolean modes) {
        ZipArchiveEntry entry = new ZipArchiveEntry(item.name());
        if (modes) {
            entry.setUnixMode(item.mode());
        }
        entry.setLastModifiedTime(Item.TIME);
        if (chance.hits(0.3)) {
            entry.setLastAccessTime(Item.TIME);
        }
        if (chance.hits(0.1)) {
            entry.setComment("a file");
        }
        return entry;
    }

    private static void store(ZipArchiveEntry entry, byte[] content) {
        CRC32 crc = new CRC32();
        crc.update(content);
        entry.setMethod(ZipArchiveOutputStream.STORED);
        entry.setSize(content.length);
        entry.setCrc(crc.getValue());
    }
}
