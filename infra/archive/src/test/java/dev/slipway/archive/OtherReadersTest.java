package dev.slipway.archive;

import static dev.slipway.archive.Archives.add;
import static dev.slipway.archive.Archives.bytes;
import static dev.slipway.archive.Archives.rawTar;
import static dev.slipway.archive.Archives.refused;
import static dev.slipway.archive.Archives.tar;
import static dev.slipway.archive.Archives.zip;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Path;
import java.util.Arrays;
import org.apache.commons.compress.archivers.tar.TarArchiveEntry;
import org.apache.commons.compress.archivers.tar.TarConstants;
import org.apache.commons.compress.archivers.zip.Zip64Mode;
import org.apache.commons.compress.archivers.zip.ZipArchiveOutputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What other programs would read otherwise is refused. */
class OtherReadersTest {
    private static final int LOCAL_SIZE_AT = 22;
    private static final int CENTRAL = 0x02014b50;
    private static final int END = 0x06054b50;

    @TempDir Path folder;

    private void assertDamaged(byte[] archive, String message) throws IOException {
        Refused refused = refused(Archives.inspect(folder, archive));
        assertThat(refused.rule()).isEqualTo(Rule.DAMAGED);
        assertThat(refused.message()).contains(message);
    }

    private static byte[] wideZip(Zip64Mode mode) throws IOException {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        try (ZipArchiveOutputStream zip = new ZipArchiveOutputStream(out)) {
            zip.setUseZip64(mode);
            add(zip, "a.txt", 0, "hello");
        }
        return out.toByteArray();
    }

    private static ByteBuffer littleEndian(byte[] bytes) {
        return ByteBuffer.wrap(bytes).order(ByteOrder.LITTLE_ENDIAN);
    }

    private static int find(byte[] bytes, int word) {
        int at = 0;
        while (littleEndian(bytes).getInt(at) != word) {
            at++;
        }
        return at;
    }

    /** With as much room behind the content as wide numbers need. */
    @Test
    void wideNumbersBehindAnEntryThatDoesNotAnnounceThem() throws IOException {
        byte[] zip = zip("a.txt", "hello");
        int directory = find(zip, CENTRAL);
        byte[] wide = new byte[zip.length + 8];
        System.arraycopy(zip, 0, wide, 0, directory - 8);
        littleEndian(wide)
                .putLong(directory - 8, littleEndian(zip).getInt(directory - 8))
                .putLong(directory, littleEndian(zip).getInt(directory - 4));
        System.arraycopy(zip, directory, wide, directory + 8, zip.length - directory);
        littleEndian(wide).putInt(find(wide, END) + 16, directory + 8);

        assertDamaged(wide, "contradicts the zip's directory");
    }

    @Test
    void wideNumbersThatOnlyTheExtraFieldAnnounces() throws IOException {
        byte[] zip = wideZip(Zip64Mode.Always);
        assertThat(Archives.inspect(folder, zip)).isInstanceOf(SourceContents.class);
        littleEndian(zip).putInt(LOCAL_SIZE_AT, 5).putInt(LOCAL_SIZE_AT - 4, 7);
        assertThat(refused(Archives.inspect(folder, zip)).rule()).isEqualTo(Rule.DAMAGED);
    }

    /** Who takes the first for the compressed size takes the size. */
    @Test
    void moreWideNumbersThanHaveNoRoom() throws IOException {
        byte[] zip = wideZip(Zip64Mode.Always);
        littleEndian(zip).putInt(find(zip, CENTRAL) + 24, 5);
        assertDamaged(zip, "too many or too few zip64 numbers");
    }

    @Test
    void anEntryThatEndsWhereTheNextIsSaidToStandBeyondTheFile() throws IOException {
        byte[] zip = zip("a.txt", "1", "b.txt", "2");
        littleEndian(zip).putShort(28, (short) 300);
        int second = find(zip, CENTRAL) + 46 + "a.txt".length();
        littleEndian(zip).putInt(second + 42, 512);
        assertDamaged(zip, "reaches into the next one or the directory");
    }

    @Test
    void aPrefixUnderAnyVersionOfPosixIsPartOfTheName() throws IOException {
        byte[] tar = tar("a.txt", "1", "b.txt", "2");
        tar[263] = 'X';
        tar[345] = 'p';
        sign(tar);
        assertThat(Tree.of(folder, tar).texts()).containsOnlyKeys("p/a.txt", "b.txt");
    }

    @Test
    void aMagicThatSomeTakeForPosix() throws IOException {
        byte[] tar = tar("a.txt", "1");
        tar[262] = 'X';
        sign(tar);
        assertThat(refused(Archives.inspect(folder, tar)).rule()).isEqualTo(Rule.NOT_AN_ARCHIVE);
    }

    @Test
    void aGlobalHeaderThatNothingFollows() throws IOException {
        byte[] tar =
                rawTar(
                        raw -> {
                            add(raw, "a.txt", 0644, bytes("1"));
                            TarArchiveEntry global =
                                    new TarArchiveEntry(
                                            "global", TarConstants.LF_PAX_GLOBAL_EXTENDED_HEADER);
                            global.addPaxHeader("comment", "none");
                            raw.putArchiveEntry(global);
                        });
        assertDamaged(tar, "ends with a header that no entry follows");
    }

    /** Its last bytes come out when all has gone in. */
    @Test
    void aZipIsReadWhereverItsContentEndsInABuffer() throws IOException {
        for (int size = 65_536; size < 65_536 + 300; size++) {
            byte[] zip = zip("zeros", "\0".repeat(size), "a", "");
            assertThat(Archives.inspect(folder, zip))
                    .as("%d zeros", size)
                    .isInstanceOf(SourceContents.class);
        }
    }

    private static void sign(byte[] tar) {
        Arrays.fill(tar, 148, 156, (byte) ' ');
        int sum = 0;
        for (int at = 0; at < 512; at++) {
            sum += tar[at] & 0xff;
        }
        System.arraycopy(bytes("%06o\0 ".formatted(sum)), 0, tar, 148, 8);
    }
}
