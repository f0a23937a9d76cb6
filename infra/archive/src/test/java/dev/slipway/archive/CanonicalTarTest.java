package dev.slipway.archive;

import static dev.slipway.archive.Archives.accepted;
import static dev.slipway.archive.Archives.canonical;
import static dev.slipway.archive.Archives.gzip;
import static dev.slipway.archive.Archives.tar;
import static dev.slipway.archive.Archives.zip;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.zip.GZIPInputStream;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import org.apache.commons.compress.archivers.tar.TarArchiveEntry;
import org.apache.commons.compress.archivers.tar.TarArchiveInputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class CanonicalTarTest {
    @Test
    void theSameTreeGivesTheSameBytes(@TempDir Path folder) throws IOException {
        byte[] forwards = zip("a", "1", "b/c", "2", "d", "3");
        byte[] backwards = gzip(tar("d", "3", "b/c", "2", "a", "1"));
        try (SourceTree one = accepted(Archives.inspect(folder, forwards));
                SourceTree other = accepted(Archives.inspect(folder, backwards))) {
            assertThat(canonical(one)).isEqualTo(canonical(other));
        }
    }

    @Test
    void itsHeaderAndDigestAreTheseOnEveryMachine(@TempDir Path folder) throws IOException {
        try (SourceTree tree = accepted(Archives.inspect(folder, zip("a", "1")))) {
            byte[] bytes = canonical(tree);
            assertThat(bytes).startsWith(0x1f, 0x8b, 8, 0, 0, 0, 0, 0, 0, 255);
            assertThat(tree.sourceDigest())
                    .isEqualTo(
                            "sha256:6e66882a22d1cde38f018410135d7d94046a8711a073839e71166620acaed17f");
        }
    }

    @Test
    void entriesCarryNoTimeNoOwnerAndTwoModes(@TempDir Path folder) throws IOException {
        byte[] zip =
                Archives.rawZip(
                        raw -> {
                            Archives.add(raw, "x", 0100777, "1");
                            Archives.add(raw, "a", 0100600, "2");
                        });
        try (SourceTree tree = accepted(Archives.inspect(folder, zip));
                TarArchiveInputStream tar =
                        new TarArchiveInputStream(
                                new GZIPInputStream(new ByteArrayInputStream(canonical(tree))))) {
            assertThat(described(tar.getNextEntry())).isEqualTo("a 644 0 0:0 :");
            assertThat(described(tar.getNextEntry())).isEqualTo("x 755 0 0:0 :");
            assertThat(tar.getNextEntry()).isNull();
        }
    }

    private static String described(TarArchiveEntry entry) {
        return "%s %o %d %d:%d %s:%s"
                .formatted(
                        entry.getName(),
                        entry.getMode() & 0777,
                        entry.getLastModifiedTime().toMillis(),
                        entry.getLongUserId(),
                        entry.getLongGroupId(),
                        entry.getUserName(),
                        entry.getGroupName());
    }

    @Property(tries = 200)
    void anyTreeSurvivesEveryFormatUnchanged(@ForAll("trees") Map<String, byte[]> files)
            throws IOException {
        Path folder = Files.createTempDirectory("canonical");
        try (SourceTree zip = accepted(Archives.inspect(folder, zip(files)));
                SourceTree tar = accepted(Archives.inspect(folder, gzip(tar(files))));
                SourceTree again = accepted(Archives.inspect(folder, canonical(zip)))) {
            assertThat(tar.files()).isEqualTo(zip.files());
            assertThat(again.files()).isEqualTo(zip.files());
            assertThat(again.sourceDigest()).isEqualTo(zip.sourceDigest());
            assertThat(canonical(again)).isEqualTo(canonical(zip));
            assertThat(again.summary().rootUnwrapped()).isEmpty();
            assertContents(zip, files);
        } finally {
            Files.delete(folder);
        }
    }

    private static void assertContents(SourceTree tree, Map<String, byte[]> files)
            throws IOException {
        String root = tree.summary().rootUnwrapped();
        assertThat(tree.files()).hasSize(files.size());
        for (Map.Entry<String, byte[]> file : files.entrySet()) {
            String path = file.getKey().substring(root.length());
            assertThat(tree.start(path, 1 << 20)).hasValue(file.getValue());
        }
    }

    @Provide
    Arbitrary<Map<String, byte[]>> trees() {
        Arbitrary<String> segment =
                Arbitraries.of("a", "b", "c", "X", "0", " ", "-", "_", ".", "ä", "ñ", "你", "👍")
                        .list()
                        .ofMinSize(1)
                        .ofMaxSize(40)
                        .map(parts -> String.join("", parts))
                        .filter(one -> !one.matches("\\.\\.?|\\._.*"));
        Arbitrary<String> path =
                segment.list().ofMinSize(1).ofMaxSize(5).map(parts -> String.join("/", parts));
        Arbitrary<byte[]> content = Arbitraries.bytes().array(byte[].class).ofMaxSize(2000);
        return Arbitraries.maps(path, content)
                .ofMinSize(1)
                .ofMaxSize(12)
                .map(CanonicalTarTest::withoutClashes);
    }

    private static Map<String, byte[]> withoutClashes(Map<String, byte[]> files) {
        Map<String, byte[]> kept = new LinkedHashMap<>();
        for (String path : List.copyOf(files.keySet())) {
            boolean clashes =
                    kept.keySet().stream()
                            .anyMatch(
                                    other ->
                                            other.startsWith(path + "/")
                                                    || path.startsWith(other + "/"));
            if (!clashes) {
                kept.put(path, files.get(path));
            }
        }
        return kept;
    }
}
