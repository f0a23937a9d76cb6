package dev.slipway.archive;

import static dev.slipway.archive.Archives.gzip;
import static dev.slipway.archive.Archives.tar;
import static dev.slipway.archive.Archives.zip;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.file.Path;
import java.util.zip.GZIPInputStream;
import org.apache.commons.compress.archivers.tar.TarArchiveEntry;
import org.apache.commons.compress.archivers.tar.TarArchiveInputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class CanonicalTarTest {
    @Test
    void theSameTreeGivesTheSameBytes(@TempDir Path folder) throws IOException {
        Tree one = Tree.of(folder, zip("a", "1", "b/c", "2", "d", "3"));
        Tree other = Tree.of(folder, gzip(tar("d", "3", "b/c", "2", "a", "1")));
        assertThat(one.tarGz()).isEqualTo(other.tarGz());
    }

    @Test
    void itsHeaderAndDigestAreTheseOnEveryMachine(@TempDir Path folder) throws IOException {
        Tree tree = Tree.of(folder, zip("a", "1"));
        assertThat(tree.tarGz()).startsWith(0x1f, 0x8b, 8, 0, 0, 0, 0, 0, 4, 255);
        assertThat(tree.digest())
                .isEqualTo(
                        "sha256:6e66882a22d1cde38f018410135d7d94046a8711a073839e71166620acaed17f");
    }

    @Test
    void entriesCarryNoTimeNoOwnerAndTwoModes(@TempDir Path folder) throws IOException {
        byte[] zip =
                Archives.rawZip(
                        raw -> {
                            Archives.add(raw, "x", 0104777, "1");
                            Archives.add(raw, "a", 0100600, "2");
                        });
        byte[] packed = Tree.of(folder, zip).tarGz();
        try (TarArchiveInputStream tar =
                new TarArchiveInputStream(new GZIPInputStream(new ByteArrayInputStream(packed)))) {
            assertThat(described(tar.getNextEntry())).isEqualTo("a 644 0 0:0 :");
            assertThat(described(tar.getNextEntry())).isEqualTo("x 755 0 0:0 :");
            assertThat(tar.getNextEntry()).isNull();
        }
    }

    private static String described(TarArchiveEntry entry) {
        return "%s %o %d %d:%d %s:%s"
                .formatted(
                        entry.getName(),
                        entry.getMode() & 07777,
                        entry.getLastModifiedTime().toMillis(),
                        entry.getLongUserId(),
                        entry.getLongGroupId(),
                        entry.getUserName(),
                        entry.getGroupName());
    }
}
