package dev.slipway.archive;

import static dev.slipway.archive.Archives.accepted;
import static dev.slipway.archive.Archives.add;
import static dev.slipway.archive.Archives.bytes;
import static dev.slipway.archive.Archives.gzip;
import static dev.slipway.archive.Archives.rawTar;
import static dev.slipway.archive.Archives.rawZip;
import static dev.slipway.archive.Archives.tar;
import static dev.slipway.archive.Archives.texts;
import static dev.slipway.archive.Archives.zip;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.stream.Stream;
import org.assertj.core.groups.Tuple;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class AcceptedArchivesTest {
    @TempDir Path folder;

    private SourceTree read(byte[] archive) throws IOException {
        return accepted(Archives.inspect(folder, archive));
    }

    @Test
    void theSameSourceHasTheSameDigestHoweverItWasPacked() throws IOException {
        String[] files = {"package.json", "{}", "index.js", "hello", "lib/a.js", "a"};
        try (SourceTree zip = read(zip(files));
                SourceTree tar = read(tar(files));
                SourceTree gzip = read(gzip(tar(files)))) {
            assertThat(texts(zip))
                    .isEqualTo(Map.of("package.json", "{}", "index.js", "hello", "lib/a.js", "a"));
            assertThat(tar.sourceDigest()).isEqualTo(zip.sourceDigest());
            assertThat(gzip.sourceDigest()).isEqualTo(zip.sourceDigest());
            assertThat(gzip.files()).isEqualTo(zip.files());
        }
    }

    @Test
    void theManifestIsNotPartOfTheSourceDigest() throws IOException {
        try (SourceTree without = read(zip("index.js", "x"));
                SourceTree with = read(zip("index.js", "x", "slipway.yaml", "memory: 1Gi"));
                SourceTree deeper = read(zip("index.js", "x", "lib/slipway.yaml", "y"))) {
            assertThat(with.sourceDigest()).isEqualTo(without.sourceDigest());
            assertThat(deeper.sourceDigest()).isNotEqualTo(without.sourceDigest());
        }
    }

    @Test
    void theDigestSeesContentNameAndExecutableBit() throws IOException {
        try (SourceTree one = read(zip("a", "x"));
                SourceTree content = read(zip("a", "y"));
                SourceTree name = read(zip("b", "x"));
                SourceTree bit = read(rawZip(zip -> add(zip, "a", 0100755, "x")))) {
            assertThat(Stream.of(one, content, name, bit).map(SourceTree::sourceDigest).distinct())
                    .hasSize(4);
        }
    }

    @Test
    void aFolderThatHoldsEverythingIsUnwrapped() throws IOException {
        try (SourceTree tree = read(zip("repo-1a2b/package.json", "{}", "repo-1a2b/lib/a", "a"))) {
            assertThat(texts(tree)).isEqualTo(Map.of("package.json", "{}", "lib/a", "a"));
            assertThat(tree.summary().rootUnwrapped()).isEqualTo("repo-1a2b/");
        }
    }

    @Test
    void aFolderBesideOtherFilesStays() throws IOException {
        try (SourceTree tree = read(zip("slipway.yaml", "", "app/index.js", "x"))) {
            assertThat(texts(tree)).containsOnlyKeys("slipway.yaml", "app/index.js");
            assertThat(tree.summary().rootUnwrapped()).isEmpty();
        }
    }

    @Test
    void litterIsDroppedAndCountedAndHidesNoCommonRoot() throws IOException {
        byte[] zip = zip("app/index.js", "x", "__MACOSX/app/._index.js", "y", "app/.DS_Store", "z");
        try (SourceTree tree = read(zip)) {
            assertThat(texts(tree)).containsOnlyKeys("index.js");
            assertThat(tree.summary()).isEqualTo(new SourceTree.Summary(1, 1, 2, "app/"));
        }
    }

    @Test
    void executableBitsAreKept() throws IOException {
        try (SourceTree tree =
                read(
                        rawTar(
                                tar -> {
                                    add(tar, "run.sh", 0755, bytes("#!"));
                                    add(tar, "a.txt", 0600, bytes("a"));
                                }))) {
            assertThat(tree.files())
                    .extracting(SourceFile::path, SourceFile::executable)
                    .containsExactly(Tuple.tuple("a.txt", false), Tuple.tuple("run.sh", true));
        }
    }

    @Test
    void longAndForeignNamesAreRead() throws IOException {
        String name = "träger/" + "långt namn ".repeat(12).strip() + "/你好 👩‍💻.txt";
        try (SourceTree zip = read(zip(name, "x", "b", "y"));
                SourceTree tar = read(gzip(tar(name, "x", "b", "y")))) {
            assertThat(texts(tar)).containsOnlyKeys(name, "b");
            assertThat(tar.sourceDigest()).isEqualTo(zip.sourceDigest());
        }
    }

    @Test
    void aFilesStartIsReadNoFurtherThanAsked() throws IOException {
        try (SourceTree tree = read(zip("slipway.yaml", "memory: 1Gi", "a", ""))) {
            assertThat(tree.start("slipway.yaml", 6)).hasValue(bytes("memory"));
            assertThat(tree.start("none", 6)).isEmpty();
            assertThat(tree.has("a")).isTrue();
            assertThat(tree.has("none")).isFalse();
        }
    }

    @Test
    void closingATreeLeavesNothingBehind() throws IOException {
        read(zip("a", "b")).close();
        try (Stream<Path> left = Files.list(folder)) {
            assertThat(left).isEmpty();
        }
    }
}
