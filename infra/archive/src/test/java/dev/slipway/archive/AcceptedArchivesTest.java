package dev.slipway.archive;

import static dev.slipway.archive.Archives.add;
import static dev.slipway.archive.Archives.bytes;
import static dev.slipway.archive.Archives.gzip;
import static dev.slipway.archive.Archives.rawTar;
import static dev.slipway.archive.Archives.rawZip;
import static dev.slipway.archive.Archives.tar;
import static dev.slipway.archive.Archives.zip;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class AcceptedArchivesTest {
    @TempDir Path folder;

    private Tree read(byte[] archive) throws IOException {
        assertThat(Archives.inspect(folder, archive)).isInstanceOf(SourceContents.class);
        return Tree.of(folder, archive);
    }

    @Test
    void theSameSourceHasTheSameDigestHoweverItWasPacked() throws IOException {
        String[] files = {"package.json", "{}", "index.js", "hello", "lib/a.js", "a"};
        Tree zip = read(zip(files));
        Tree tar = read(tar(files));
        Tree gzip = read(gzip(tar(files)));
        assertThat(zip.texts())
                .isEqualTo(Map.of("package.json", "{}", "index.js", "hello", "lib/a.js", "a"));
        assertThat(tar.digest()).isEqualTo(zip.digest());
        assertThat(gzip.digest()).isEqualTo(zip.digest());
        assertThat(gzip.tarGz()).isEqualTo(zip.tarGz());
    }

    @Test
    void theManifestIsNotPartOfTheSourceDigest() throws IOException {
        Tree without = read(zip("index.js", "x"));
        Tree with = read(zip("index.js", "x", "slipway.yaml", "memory: 1Gi"));
        Tree deeper = read(zip("index.js", "x", "lib/slipway.yaml", "y"));
        assertThat(with.digest()).isEqualTo(without.digest());
        assertThat(deeper.digest()).isNotEqualTo(without.digest());
    }

    @Test
    void theDigestSeesContentNameAndExecutableBit() throws IOException {
        Tree one = read(zip("a", "x"));
        Tree content = read(zip("a", "y"));
        Tree name = read(zip("b", "x"));
        Tree bit = read(rawZip(zip -> add(zip, "a", 0100755, "x")));
        assertThat(Stream.of(one, content, name, bit).map(Tree::digest).distinct()).hasSize(4);
    }

    @Test
    void aFolderThatHoldsEverythingIsUnwrapped() throws IOException {
        Tree tree = read(zip("repo-1a2b/package.json", "{}", "repo-1a2b/lib/a", "a"));
        assertThat(tree.texts()).isEqualTo(Map.of("package.json", "{}", "lib/a", "a"));
        assertThat(tree.root()).isEqualTo("repo-1a2b/");
    }

    @Test
    void aFolderBesideOtherFilesStays() throws IOException {
        Tree tree = read(zip("slipway.yaml", "profile: run", "app/index.js", "x"));
        assertThat(tree.texts()).containsOnlyKeys("slipway.yaml", "app/index.js");
        assertThat(tree.root()).isEmpty();
    }

    @Test
    void litterIsDroppedAndCountedAndHidesNoCommonRoot() throws IOException {
        byte[] zip = zip("app/index.js", "x", "__MACOSX/app/._index.js", "y", "app/.DS_Store", "z");
        Tree tree = read(zip);
        assertThat(tree.texts()).containsOnlyKeys("index.js");
        SourceContents contents = tree.packed().contents();
        assertThat(contents.files()).isEqualTo(1);
        assertThat(contents.bytes()).isEqualTo(1);
        assertThat(contents.litterDropped()).isEqualTo(2);
        assertThat(tree.root()).isEqualTo("app/");
    }

    @Test
    void executableBitsAreKept() throws IOException {
        Tree tree =
                read(
                        rawTar(
                                tar -> {
                                    add(tar, "run.sh", 0755, bytes("#!"));
                                    add(tar, "a.txt", 0600, bytes("a"));
                                }));
        assertThat(tree.executable()).isEqualTo(Map.of("a.txt", false, "run.sh", true));
    }

    @Test
    void longAndForeignNamesAreRead() throws IOException {
        String name = "träger/" + "långt namn ".repeat(12).strip() + "/你好 👩‍💻.txt";
        Tree zip = read(zip(name, "x", "b", "y"));
        Tree tar = read(gzip(tar(name, "x", "b", "y")));
        assertThat(tar.texts()).containsOnlyKeys(name, "b");
        assertThat(tar.digest()).isEqualTo(zip.digest());
    }

    @Test
    void theManifestIsTheOneAtTheRootAndReadNoFurtherThanAManifestMayBe() throws IOException {
        String tooLong = "x".repeat(70_000);
        for (byte[] archive :
                List.of(
                        zip("p/slipway.yaml", tooLong, "p/a", "", "p/q/slipway.yaml", "deeper"),
                        gzip(tar("p/q/slipway.yaml", "deeper", "p/slipway.yaml", tooLong)))) {
            assertThat(read(archive).packed().contents().manifest()).hasSize(65_537);
        }
        assertThat(read(zip("a", "")).packed().contents().manifest()).isEmpty();
    }

    @Test
    void packingLeavesNothingBehind() throws IOException {
        read(gzip(tar("a", "b")));
        try (Stream<Path> left = Files.list(folder)) {
            assertThat(left).isEmpty();
        }
    }

    @Test
    void whatDesktopsAndEditorsLeaveIsDropped() throws IOException {
        Tree tree =
                read(
                        zip(
                                "a.py",
                                "",
                                "a.py~",
                                "",
                                "x/.a.py.swp",
                                "",
                                "#a.py#",
                                "",
                                ".#a.py",
                                "",
                                "Thumbs.db",
                                "",
                                "x/desktop.ini",
                                "",
                                "~",
                                "",
                                ".swp.py",
                                "",
                                "a#",
                                "",
                                "x/._b",
                                ""));
        assertThat(tree.texts()).containsOnlyKeys("a.py", ".swp.py", "a#", "~");
        assertThat(tree.packed().contents().litterDropped()).isEqualTo(7);
    }
}
