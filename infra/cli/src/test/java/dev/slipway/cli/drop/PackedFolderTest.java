package dev.slipway.cli.drop;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.slipway.archive.Limits;
import dev.slipway.archive.Refused;
import dev.slipway.archive.SourceArchive;
import dev.slipway.archive.SourceContents;
import dev.slipway.cli.terminal.Problem;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class PackedFolderTest {
    @TempDir private Path folder = Path.of("");

    @Test
    void givesTheSameBytesForTheSameFolder() throws IOException {
        Files.writeString(folder.resolve("index.js"), "1");

        assertThat(packed()).isEqualTo(packed());
    }

    private byte[] packed() throws IOException {
        try (PackedFolder packed = PackedFolder.of(folder)) {
            assertThat(packed.files()).isEqualTo(1);
            return Files.readAllBytes(packed.archive());
        }
    }

    @Test
    void leavesNothingBehind() throws IOException {
        Files.writeString(folder.resolve("index.js"), "1");
        PackedFolder packed = PackedFolder.of(folder);

        packed.close();

        assertThat(packed.archive()).doesNotExist();
    }

    @Test
    void namesTheEntryThatCannotBeDropped() throws IOException {
        Files.createSymbolicLink(folder.resolve("passwords"), Path.of("/etc/passwd"));

        assertThatThrownBy(() -> PackedFolder.of(folder))
                .isInstanceOf(Problem.class)
                .hasMessageEndingWith("(passwords)");
    }

    @Test
    void packsAnotherManifestAndLeavesTheFolderAsItIs() throws IOException {
        Files.writeString(folder.resolve("index.js"), "1");
        Path manifest = Files.writeString(folder.resolve("slipway.yaml"), "memory: 1Gi\n");
        byte[] other = "memory: 2Gi\n".getBytes(StandardCharsets.UTF_8);

        try (PackedFolder packed =
                PackedFolder.of(
                        folder,
                        own -> {
                            assertThat(own).asString().isEqualTo("memory: 1Gi\n");
                            return other;
                        })) {
            assertThat(packed.files()).isEqualTo(2);
            assertThat(manifest(packed.archive())).isEqualTo(other);
        }
        assertThat(manifest).content().isEqualTo("memory: 1Gi\n");
    }

    private static byte[] manifest(Path archive) throws IOException {
        return switch (SourceArchive.inspect(archive, Limits.DEFAULT)) {
            case SourceContents contents -> contents.manifest();
            case Refused refused -> throw new AssertionError(refused);
        };
    }
}
