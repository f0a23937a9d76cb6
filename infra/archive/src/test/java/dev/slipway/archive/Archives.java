package dev.slipway.archive;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.zip.GZIPOutputStream;
import java.util.zip.ZipOutputStream;
import org.apache.commons.compress.archivers.tar.TarArchiveEntry;
import org.apache.commons.compress.archivers.tar.TarArchiveOutputStream;
import org.apache.commons.compress.archivers.tar.TarConstants;
import org.apache.commons.compress.archivers.zip.ZipArchiveEntry;
import org.apache.commons.compress.archivers.zip.ZipArchiveOutputStream;

/** Archives for tests, made by other libraries or by hand. */
final class Archives {
    private Archives() {}

    static byte[] bytes(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }

    static byte[] zip(Map<String, byte[]> files) throws IOException {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        try (ZipOutputStream zip = new ZipOutputStream(out)) {
            for (Map.Entry<String, byte[]> file : files.entrySet()) {
                zip.putNextEntry(new java.util.zip.ZipEntry(file.getKey()));
                zip.write(file.getValue());
                zip.closeEntry();
            }
        }
        return out.toByteArray();
    }

    static byte[] zip(String... namesAndTexts) throws IOException {
        return zip(files(namesAndTexts));
    }

    /** Writes what java.util.zip refuses to: duplicates, modes, any name. */
    @FunctionalInterface
    interface RawZip {
        void write(ZipArchiveOutputStream zip) throws IOException;
    }

    static byte[] rawZip(RawZip content) throws IOException {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        try (ZipArchiveOutputStream zip = new ZipArchiveOutputStream(out)) {
            content.write(zip);
        }
        return out.toByteArray();
    }

    static void add(ZipArchiveOutputStream zip, String name, int mode, String text)
            throws IOException {
        ZipArchiveEntry entry = new ZipArchiveEntry(name);
        if (mode != 0) {
            entry.setUnixMode(mode);
        }
        zip.putArchiveEntry(entry);
        zip.write(bytes(text));
        zip.closeArchiveEntry();
    }

    @FunctionalInterface
    interface RawTar {
        void write(TarArchiveOutputStream tar) throws IOException;
    }

    static byte[] rawTar(RawTar content) throws IOException {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        try (TarArchiveOutputStream tar = new TarArchiveOutputStream(out, "UTF-8")) {
            tar.setLongFileMode(TarArchiveOutputStream.LONGFILE_POSIX);
            content.write(tar);
        }
        return out.toByteArray();
    }

    static void add(TarArchiveOutputStream tar, String name, int mode, byte[] content)
            throws IOException {
        TarArchiveEntry entry = new TarArchiveEntry(name, TarConstants.LF_NORMAL, true);
        entry.setMode(mode);
        entry.setSize(content.length);
        tar.putArchiveEntry(entry);
        tar.write(content);
        tar.closeArchiveEntry();
    }

    static void addSpecial(TarArchiveOutputStream tar, String name, byte type) throws IOException {
        TarArchiveEntry entry = new TarArchiveEntry(name, type, true);
        entry.setLinkName("elsewhere");
        tar.putArchiveEntry(entry);
        tar.closeArchiveEntry();
    }

    static byte[] tar(Map<String, byte[]> files) throws IOException {
        return rawTar(
                tar -> {
                    for (Map.Entry<String, byte[]> file : files.entrySet()) {
                        add(tar, file.getKey(), 0644, file.getValue());
                    }
                });
    }

    static byte[] tar(String... namesAndTexts) throws IOException {
        return tar(files(namesAndTexts));
    }

    static byte[] gzip(byte[] content) throws IOException {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        try (OutputStream gzip = new GZIPOutputStream(out)) {
            gzip.write(content);
        }
        return out.toByteArray();
    }

    static Map<String, byte[]> files(String... namesAndTexts) {
        Map<String, byte[]> files = new LinkedHashMap<>();
        for (int at = 0; at < namesAndTexts.length; at += 2) {
            files.put(namesAndTexts[at], bytes(namesAndTexts[at + 1]));
        }
        return files;
    }

    static Inspection inspect(Path folder, byte[] archive) throws IOException {
        return inspect(folder, archive, Limits.DEFAULT);
    }

    /** Both ways of reading have to come to the same. */
    static Inspection inspect(Path folder, byte[] archive, Limits limits) throws IOException {
        Path file = Files.createTempFile(folder, "drop", ".archive");
        try {
            Files.write(file, archive);
            Inspection inspection = SourceArchive.inspect(file, limits);
            switch (SourceArchive.pack(file, folder, limits, OutputStream.nullOutputStream())) {
                case Refused refused -> assertThat(inspection).isEqualTo(refused);
                case Packed packed ->
                        assertThat(inspection)
                                .usingRecursiveComparison()
                                .isEqualTo(packed.contents());
            }
            return inspection;
        } finally {
            Files.delete(file);
        }
    }

    static Refused refused(Inspection inspection) {
        assertThat(inspection).isInstanceOf(Refused.class);
        return (Refused) inspection;
    }
}
