package dev.slipway.archive;

import static dev.slipway.archive.Archives.gzip;
import static dev.slipway.archive.Archives.tar;
import static dev.slipway.archive.Archives.zip;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;

/** Whatever happens to an archive's bytes, the reader answers, and leaves nothing behind. */
class MutatedArchivesTest {
    private static final String[] SOURCE = {
        "package.json", "{}", "träger/" + "x".repeat(120), "long", "lib/a.js", "a".repeat(600)
    };

    /** Sets one byte; beyond the end it cuts the archive off there instead. */
    record Change(int at, int value) {
        byte[] applied(byte[] archive) {
            int index = at % (archive.length + archive.length / 8);
            if (index >= archive.length) {
                return Arrays.copyOf(archive, index - archive.length);
            }
            byte[] changed = archive.clone();
            changed[index] = (byte) value;
            return changed;
        }
    }

    @Property(tries = 2000)
    void theReaderAlwaysAnswers(
            @ForAll("archives") byte[] archive, @ForAll("changes") List<Change> changes)
            throws IOException {
        byte[] mutated = archive;
        for (Change change : changes) {
            mutated = mutated.length == 0 ? mutated : change.applied(mutated);
        }
        mendChecksums(mutated);
        Path folder = Files.createTempDirectory("mutated");
        switch (Archives.inspect(folder, mutated)) {
            case SourceContents contents -> assertThat(contents.files()).isPositive();
            case Refused refused -> assertThat(refused.message()).isNotBlank();
        }
        try (Stream<Path> left = Files.list(folder)) {
            assertThat(left).isEmpty();
        }
        Files.delete(folder);
    }

    /** Otherwise a tar's header would be refused before anything else of it is read. */
    private static void mendChecksums(byte[] archive) {
        for (int at = 0; at + 512 <= archive.length; at += 512) {
            if (TarHeader.is(Arrays.copyOfRange(archive, at, at + 512))) {
                Arrays.fill(archive, at + 148, at + 156, (byte) ' ');
                int sum = 0;
                for (int next = at; next < at + 512; next++) {
                    sum += archive[next] & 0xff;
                }
                byte[] octal = Archives.bytes("%06o\0 ".formatted(sum));
                System.arraycopy(octal, 0, archive, at + 148, octal.length);
            }
        }
    }

    /** Inside gzip nearly every change only breaks the checksum, so tar and zip weigh more. */
    @Provide
    Arbitrary<byte[]> archives() throws IOException {
        byte[] tar = tar(SOURCE);
        return Arbitraries.of(List.of(zip(SOURCE), tar, zip(SOURCE), tar, gzip(tar)));
    }

    /** Headers hold few values: nothing, everything, digits and what a flag or a type can be. */
    @Provide
    Arbitrary<List<Change>> changes() {
        Arbitrary<Integer> values =
                Arbitraries.oneOf(
                        Arbitraries.of(
                                0, 1, 8, 0x7f, 0x80, 0xff, 0x2e, 0x2f, 0x30, 0x37, 0x4c, 0x78),
                        Arbitraries.integers().between(0, 255));
        return Combinators.combine(Arbitraries.integers().between(0, 1 << 20), values)
                .as(Change::new)
                .list()
                .ofMinSize(1)
                .ofMaxSize(4);
    }
}
