package dev.slipway.archive;

import static dev.slipway.archive.Archives.add;
import static dev.slipway.archive.Archives.addSpecial;
import static dev.slipway.archive.Archives.bytes;
import static dev.slipway.archive.Archives.gzip;
import static dev.slipway.archive.Archives.rawTar;
import static dev.slipway.archive.Archives.rawZip;
import static dev.slipway.archive.Archives.refused;
import static dev.slipway.archive.Archives.tar;
import static dev.slipway.archive.Archives.zip;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Map;
import java.util.stream.Stream;
import org.apache.commons.compress.archivers.tar.TarConstants;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class RefusedArchivesTest {
    private static final int ZIP_FLAGS_AT = 8;
    private static final int ZIP_METHOD_AT = 10;

    @TempDir Path folder;

    private void assertRefused(byte[] archive, Rule rule) throws IOException {
        assertRefused(archive, rule, Limits.DEFAULT);
    }

    private void assertRefused(byte[] archive, Rule rule, Limits limits) throws IOException {
        Refused refused = refused(Archives.inspect(folder, archive, limits));
        assertThat(refused.rule()).as(refused.toString()).isEqualTo(rule);
        assertThat(refused.message()).isNotBlank();
        try (Stream<Path> left = Files.list(folder)) {
            assertThat(left).as("no spool is left behind").isEmpty();
        }
    }

    @Test
    void whatIsNoArchive() throws IOException {
        assertRefused(bytes("#!/bin/sh\necho hello\n"), Rule.NOT_AN_ARCHIVE);
        assertRefused(new byte[4096], Rule.NOT_AN_ARCHIVE);
        assertRefused(gzip(bytes("only a text")), Rule.NOT_AN_ARCHIVE);
        assertRefused(gzip(zip("a", "b")), Rule.NOT_AN_ARCHIVE);
    }

    @Test
    void whatComesBeforeTheZip() throws IOException {
        byte[] zip = zip("a.txt", "a");
        byte[] behind = Arrays.copyOf(bytes("MZ executable"), 13 + zip.length);
        System.arraycopy(zip, 0, behind, 13, zip.length);
        assertRefused(behind, Rule.NOT_AN_ARCHIVE);
    }

    @Test
    void emptyArchives() throws IOException {
        assertRefused(new byte[0], Rule.EMPTY);
        assertRefused(zip(), Rule.EMPTY);
        assertRefused(gzip(tar()), Rule.EMPTY);
        assertRefused(rawZip(zip -> add(zip, "folder/", 0, "")), Rule.EMPTY);
        assertRefused(zip(".DS_Store", "x", "__MACOSX/._a", "y"), Rule.EMPTY);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "../evil",
                "a/../../evil",
                "a/..",
                "/etc/passwd",
                "//server/share",
                "a//b",
                "a/./b",
                "C:/evil",
                "c:evil",
                "\\\\server\\share",
                "a\\b",
                "..\\evil",
                "line\nbreak",
                "escape\u001b[31m",
                "right\u202eleft",
                "bom\ufeff",
                "separator\u2028"
            })
    void namesThatLeadAstray(String name) throws IOException {
        assertRefused(zip(name, "x"), Rule.UNSAFE_NAME);
        assertRefused(rawTar(tar -> add(tar, name, 0644, bytes("x"))), Rule.UNSAFE_NAME);
        assertRefused(gzip(rawTar(tar -> add(tar, name, 0644, bytes("x")))), Rule.UNSAFE_NAME);
    }

    @Test
    void aRefusedNameIsShownHarmless() throws IOException {
        byte[] zip = rawZip(raw -> add(raw, "a\u001b[2J\u202e/" + "b".repeat(190), 0, "x"));

        String shown = refused(Archives.inspect(folder, zip)).entry();

        assertThat(shown).startsWith("a\\u{1b}[2J\\u{202e}/bb").hasSizeLessThanOrEqualTo(200);
    }

    @Test
    void aNameThatIsNotUtf8() throws IOException {
        byte[] zip = zip("abc.txt", "x");
        replace(zip, bytes("abc.txt"), new byte[] {'a', (byte) 0xe4, 'c', '.', 't', 'x', 't'});
        assertRefused(zip, Rule.UNSAFE_NAME);
    }

    @Test
    void linksAndSpecialFiles() throws IOException {
        assertRefused(rawZip(zip -> add(zip, "l", 0120777, "target")), Rule.LINK_OR_SPECIAL);
        assertRefused(rawZip(zip -> add(zip, "fifo", 0010644, "")), Rule.LINK_OR_SPECIAL);
        for (byte type :
                new byte[] {
                    TarConstants.LF_SYMLINK,
                    TarConstants.LF_LINK,
                    TarConstants.LF_CHR,
                    TarConstants.LF_BLK,
                    TarConstants.LF_FIFO
                }) {
            assertRefused(rawTar(tar -> addSpecial(tar, "l", type)), Rule.LINK_OR_SPECIAL);
        }
    }

    @Test
    void duplicatesAndClashes() throws IOException {
        assertRefused(
                rawZip(
                        zip -> {
                            add(zip, "a", 0, "1");
                            add(zip, "a", 0, "2");
                        }),
                Rule.DUPLICATE_NAME);
        assertRefused(gzip(tarOf("a", "b", "a")), Rule.DUPLICATE_NAME);
        assertRefused(tarOf("a", "./a"), Rule.DUPLICATE_NAME);
        assertRefused(zip("a", "1", "a/b", "2"), Rule.DUPLICATE_NAME);
        assertRefused(zip("a/b/c", "1", "a", "2"), Rule.DUPLICATE_NAME);
        assertRefused(
                rawZip(
                        zip -> {
                            add(zip, "a/", 0, "");
                            add(zip, "a", 0, "2");
                        }),
                Rule.DUPLICATE_NAME);
    }

    private static byte[] tarOf(String... names) throws IOException {
        return rawTar(
                tar -> {
                    for (String name : names) {
                        add(tar, name, 0644, bytes("x"));
                    }
                });
    }

    @Test
    void encryptedEntries() throws IOException {
        byte[] zip = zip("a.txt", "secret");
        zip[directoryAt(zip) + ZIP_FLAGS_AT] |= 1;
        assertRefused(zip, Rule.ENCRYPTED);
    }

    @Test
    void unknownCompression() throws IOException {
        byte[] zip = zip("a.txt", "text");
        zip[directoryAt(zip) + ZIP_METHOD_AT] = 14;
        assertRefused(zip, Rule.UNSUPPORTED_COMPRESSION);
    }

    @Test
    void whatIsCutOff() throws IOException {
        byte[] zip = zip("a.txt", "some text", "b.txt", "more");
        byte[] tar = tar("a.txt", "some text");
        byte[] gzip = gzip(tar);
        assertRefused(Arrays.copyOf(zip, zip.length - 1), Rule.DAMAGED);
        assertRefused(Arrays.copyOf(zip, zip.length / 2), Rule.DAMAGED);
        assertRefused(Arrays.copyOf(gzip, gzip.length - 1), Rule.DAMAGED);
        assertRefused(Arrays.copyOf(gzip, gzip.length / 2), Rule.DAMAGED);
        assertRefused(Arrays.copyOf(tar, 700), Rule.DAMAGED);
        assertRefused(Arrays.copyOf(tar, 1024), Rule.DAMAGED);
    }

    @Test
    void bytesThatChangedOnTheWay() throws IOException {
        byte[] stored = storedZip();
        stored[indexOf(stored, bytes("stored text"))] ^= 1;
        assertRefused(stored, Rule.DAMAGED);

        byte[] gzip = gzip(tar("a.txt", "some text"));
        gzip[gzip.length - 6] ^= 1;
        assertRefused(gzip, Rule.DAMAGED);

        byte[] tar = tar("a.txt", "some text");
        tar[0] ^= 1;
        assertRefused(tar, Rule.DAMAGED);
    }

    @Test
    void sizesThatLie() throws IOException {
        byte[] zip = zip("a.txt", "nine byte");
        zip[directoryAt(zip) + 24] = 3;
        assertRefused(zip, Rule.DAMAGED);
        zip[directoryAt(zip) + 24] = 100;
        assertRefused(zip, Rule.DAMAGED);
    }

    @Test
    void localAndCentralNamesThatDiffer() throws IOException {
        byte[] zip = zip("safe.txt", "x");
        int local = indexOf(zip, bytes("safe.txt"));
        System.arraycopy(bytes("evil.txt"), 0, zip, local, 8);
        assertRefused(zip, Rule.DAMAGED);
    }

    @Test
    void aTarThatGoesOnBehindItsEnd() throws IOException {
        byte[] one = tar("a", "1");
        byte[] two = Arrays.copyOf(one, one.length * 2);
        System.arraycopy(one, 0, two, one.length, one.length);
        assertRefused(two, Rule.DAMAGED);
    }

    @Test
    void moreThanTheLimits() throws IOException {
        byte[] zip = zip("a", "12345", "b", "67890");
        byte[] tar = tar("a", "12345", "b", "67890");
        Limits limits = Limits.DEFAULT;
        assertRefused(zip, Rule.ARCHIVE_TOO_LARGE, limits.withBytes(10, 1000, 1000));
        assertRefused(zip, Rule.EXPANDED_TOO_LARGE, limits.withBytes(1000, 9, 9));
        assertRefused(tar, Rule.EXPANDED_TOO_LARGE, limits.withBytes(100_000, 9, 9));
        assertRefused(zip, Rule.FILE_TOO_LARGE, limits.withBytes(1000, 1000, 4));
        assertRefused(tar, Rule.FILE_TOO_LARGE, limits.withBytes(100_000, 100_000, 4));
        assertRefused(zip, Rule.TOO_MANY_ENTRIES, limits.withEntries(1));
        assertRefused(tar, Rule.TOO_MANY_ENTRIES, limits.withEntries(1));
    }

    @Test
    void foldersThatOnlyNamesImplyCountToo() throws IOException {
        String[] files = {"a/b/c/d/e", "1", "f/g/h/i/j", "2", "k/l/m/n/o", "3"};
        assertRefused(zip(files), Rule.TOO_MANY_ENTRIES, Limits.DEFAULT.withEntries(14));
        assertRefused(tar(files), Rule.TOO_MANY_ENTRIES, Limits.DEFAULT.withEntries(14));
        assertThat(Archives.inspect(folder, zip(files), Limits.DEFAULT.withEntries(15)))
                .isInstanceOf(SourceContents.class);
    }

    @Test
    void namesThatAreTogetherTooLong() throws IOException {
        String[] files = {"a".repeat(190), "1", "b".repeat(190), "2"};
        assertRefused(zip(files), Rule.NAME_TOO_LONG, Limits.DEFAULT.withEntries(3));
        assertRefused(tar(files), Rule.NAME_TOO_LONG, Limits.DEFAULT.withEntries(3));
        assertThat(Archives.inspect(folder, zip(files), Limits.DEFAULT.withEntries(4)))
                .isInstanceOf(SourceContents.class);
    }

    @Test
    void whatExpandsTooMuch() throws IOException {
        byte[] zeros = new byte[4 << 20];
        assertRefused(zip(Map.of("zeros", zeros)), Rule.RATIO_TOO_HIGH);
        assertRefused(gzip(tar(Map.of("zeros", zeros))), Rule.RATIO_TOO_HIGH);
    }

    @Test
    void namesThatAreTooLongOrTooDeep() throws IOException {
        assertRefused(zip("x".repeat(201), ""), Rule.NAME_TOO_LONG);
        assertRefused(zip("ä".repeat(101), ""), Rule.NAME_TOO_LONG);
        assertRefused(zip("x/".repeat(300) + "x", ""), Rule.NAME_TOO_LONG);
        assertRefused(tar("x/".repeat(32) + "x", ""), Rule.NAME_TOO_LONG);
    }

    private static byte[] storedZip() throws IOException {
        return rawZip(
                zip -> {
                    zip.setMethod(java.util.zip.ZipEntry.STORED);
                    var entry =
                            new org.apache.commons.compress.archivers.zip.ZipArchiveEntry("a.txt");
                    byte[] text = bytes("stored text");
                    java.util.zip.CRC32 crc = new java.util.zip.CRC32();
                    crc.update(text);
                    entry.setCrc(crc.getValue());
                    entry.setSize(text.length);
                    zip.putArchiveEntry(entry);
                    zip.write(text);
                    zip.closeArchiveEntry();
                });
    }

    private static int directoryAt(byte[] zip) {
        return indexOf(zip, new byte[] {'P', 'K', 1, 2});
    }

    private static void replace(byte[] in, byte[] old, byte[] by) {
        for (int at = indexOf(in, old); at >= 0; at = indexOf(in, old)) {
            System.arraycopy(by, 0, in, at, by.length);
        }
    }

    private static int indexOf(byte[] in, byte[] wanted) {
        for (int at = 0; at + wanted.length <= in.length; at++) {
            if (Arrays.equals(in, at, at + wanted.length, wanted, 0, wanted.length)) {
                return at;
            }
        }
        return -1;
    }
}
