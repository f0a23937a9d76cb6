package dev.slipway.cli.drop;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.slipway.cli.terminal.Problem;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class SourceTest {
    @TempDir private Path directory = Path.of("");

    @ParameterizedTest
    @CsvSource({
        "hello.zip, hello, .zip",
        "hello.tar.gz, hello, .tar.gz",
        "hello.tgz, hello, .tgz",
        "hello.tar, hello, .tar",
        "Hello.ZIP, Hello, .zip",
        "my.app.zip, my.app, .zip"
    })
    void takesAnArchiveByItsSuffixWhateverItHolds(String name, String baseName, String suffix)
            throws IOException {
        Path archive = Files.writeString(directory.resolve(name), "no archive at all");

        assertThat(Source.at(archive)).isEqualTo(new Source(archive, false, baseName, suffix));
    }

    @Test
    void takesAnArchiveWithoutSuffixByItsContent() throws IOException {
        Path archive = Files.writeString(directory.resolve("hello"), "PK\u0003\u0004");

        assertThat(Source.at(archive)).isEqualTo(new Source(archive, false, "hello", ".zip"));
    }

    @Test
    void takesAFolderByItsNameEvenWhereItIsWrittenWithADot() throws IOException {
        Path folder = Files.createDirectory(directory.resolve("hello"));

        assertThat(Source.at(folder.resolve(".")))
                .isEqualTo(new Source(folder, true, "hello", ".tar.gz"));
    }

    @Test
    void refusesWhatIsNeither() throws IOException {
        Path text = Files.writeString(directory.resolve("notes.txt"), "notes");

        assertThatThrownBy(() -> Source.at(text))
                .isInstanceOf(Problem.class)
                .hasMessageContaining("is no zip and no tar.gz");
        assertThatThrownBy(() -> Source.at(directory.resolve("missing")))
                .isInstanceOf(Problem.class)
                .hasMessageContaining("is no folder and no archive");
    }
}
