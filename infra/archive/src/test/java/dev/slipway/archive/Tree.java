package dev.slipway.archive;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.TreeMap;
import java.util.zip.GZIPInputStream;
import org.apache.commons.compress.archivers.tar.TarArchiveEntry;
import org.apache.commons.compress.archivers.tar.TarArchiveInputStream;

/**
 * What an archive was packed to, as another library reads it.
 *
 * @param texts by path, the manifest's too
 * @param executable by path
 * @param sizes in bytes, by path
 */
record Tree(
        Packed packed,
        byte[] tarGz,
        Map<String, String> texts,
        Map<String, Boolean> executable,
        Map<String, Integer> sizes) {
    static Tree of(Path folder, byte[] archive) throws IOException {
        Path file = Files.createTempFile(folder, "drop", ".archive");
        try {
            Files.write(file, archive);
            return of(folder, file);
        } finally {
            Files.delete(file);
        }
    }

    static Tree of(Path folder, Path archive) throws IOException {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        return read(SourceArchive.pack(archive, folder, Limits.DEFAULT, out), out.toByteArray());
    }

    static Tree ofFolder(Path folder) throws IOException {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        return read(SourceFolder.pack(folder, Limits.DEFAULT, null, out), out.toByteArray());
    }

    private static Tree read(Packing packing, byte[] tarGz) throws IOException {
        assertThat(packing).isInstanceOf(Packed.class);
        Packed packed = (Packed) packing;
        Map<String, String> texts = new TreeMap<>();
        Map<String, Boolean> executable = new TreeMap<>();
        Map<String, Integer> sizes = new TreeMap<>();
        try (TarArchiveInputStream tar =
                new TarArchiveInputStream(
                        new GZIPInputStream(new ByteArrayInputStream(tarGz)), "UTF-8")) {
            for (TarArchiveEntry entry = tar.getNextEntry();
                    entry != null;
                    entry = tar.getNextEntry()) {
                byte[] content = tar.readAllBytes();
                texts.put(entry.getName(), new String(content, StandardCharsets.UTF_8));
                sizes.put(entry.getName(), content.length);
                executable.put(entry.getName(), (entry.getMode() & 0100) != 0);
            }
        }
        byte[] manifest = packed.contents().manifest();
        if (manifest.length > 0) {
            texts.put(SourceFile.MANIFEST, new String(manifest, StandardCharsets.UTF_8));
            sizes.put(SourceFile.MANIFEST, manifest.length);
        }
        return new Tree(packed, tarGz, texts, executable, sizes);
    }

    String digest() {
        return packed.sourceDigest();
    }

    String root() {
        return packed.contents().rootUnwrapped();
    }
}
