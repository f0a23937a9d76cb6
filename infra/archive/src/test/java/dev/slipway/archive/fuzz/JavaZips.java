package dev.slipway.archive.fuzz;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.util.List;
import java.util.jar.JarEntry;
import java.util.jar.JarOutputStream;
import java.util.zip.CRC32;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;

/** Zips as the JDK writes them. */
final class JavaZips {
    private JavaZips() {}

    static byte[] zip(LegalTree tree, Chance chance) throws IOException {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        try (ZipOutputStream zip = new ZipOutputStream(out)) {
            zip.setLevel(chance.between(0, 9));
            if (chance.hits(0.2)) {
                zip.setComment("a comment, träger");
            }
            double stored = chance.of(0.0, 0.5, 1.0);
            for (Item item : Item.of(tree, chance, prefix(chance))) {
                ZipEntry entry = new ZipEntry(item.name());
                if (chance.hits(stored)) {
                    store(entry, item.content());
                }
                add(zip, entry, item.content());
            }
        }
        return out.toByteArray();
    }

    static byte[] jar(LegalTree tree, Chance chance) throws IOException {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        List<Item> items = Item.of(tree, chance, "");
        try (JarOutputStream jar = new JarOutputStream(out)) {
            for (Item item : items) {
                add(jar, new JarEntry(item.name()), item.content());
            }
        }
        return out.toByteArray();
    }

    static String prefix(Chance chance) {
        return chance.hits(0.1) ? "./" : "";
    }

    private static void add(ZipOutputStream zip, ZipEntry entry, byte[] content)
            throws IOException {
        entry.setTime(Item.TIME.toMillis());
        zip.putNextEntry(entry);
        zip.write(content);
        zip.closeEntry();
    }

    private static void store(ZipEntry entry, byte[] content) {
        CRC32 crc = new CRC32();
        crc.update(content);
        entry.setMethod(ZipEntry.STORED);
        entry.setSize(content.length);
        entry.setCrc(crc.getValue());
    }
}
