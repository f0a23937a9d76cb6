package dev.slipway.cli.drop;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.slipway.cli.terminal.Problem;
import java.io.IOException;
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
}
