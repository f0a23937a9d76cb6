package dev.slipway.archive;

import static dev.slipway.archive.Archives.bytes;
import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What the programs that people pack with write is read, each time the same. */
class ToolArchivesTest {
    private static final Map<String, String> SOURCE =
            Map.of("package.json", "{}", "lib/ä b.js", "a", "lib/deep/c", "");

    @TempDir Path folder;
    private Path source;

    @BeforeEach
    void writeSource() throws IOException {
        source = folder.resolve("source");
        for (Map.Entry<String, String> file : SOURCE.entrySet()) {
            Path path = source.resolve(file.getKey());
            Files.createDirectories(path.getParent());
            Files.write(path, bytes(file.getValue()));
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "zip -q -r ../out .",
                "zip -q -0 -r ../out .",
                "jar --create --no-manifest --file ../out -C . .",
                "python3 -m zipfile -c ../out package.json lib",
                "python3 -m tarfile -c ../out package.json lib",
                "tar -czf ../out .",
                "tar -cf ../out package.json lib",
                "tar --format=pax -cf ../out .",
                "tar --format=gnu -czf ../out ../source"
            })
    void whatAToolPacksIsRead(String command) throws Exception {
        assumeTrue(run("which", command.split(" ", 2)[0]) == 0, "not installed: " + command);
        assertThat(run(command.split(" "))).as(command).isZero();
        Path out =
                Files.exists(folder.resolve("out"))
                        ? folder.resolve("out")
                        : folder.resolve("out.zip");

        Tree tree = Tree.of(folder, out);

        assertThat(tree.texts()).isEqualTo(SOURCE);
        assertThat(tree.digest()).isEqualTo(Tree.ofFolder(source).digest());
    }

    @Test
    void whatIsWrittenIsWhatTarReads() throws Exception {
        assumeTrue(run("which", "tar") == 0, "tar is not installed");
        Files.write(folder.resolve("canonical.tgz"), Tree.ofFolder(source).tarGz());
        Path target = Files.createDirectory(folder.resolve("target"));

        assertThat(run("tar", "-xzf", "../canonical.tgz", "-C", target.toString())).isZero();

        assertThat(Tree.ofFolder(target).texts()).isEqualTo(SOURCE);
    }

    private int run(String... command) throws Exception {
        ProcessBuilder builder = new ProcessBuilder(List.of(command));
        builder.directory(source.toFile()).redirectErrorStream(true);
        builder.environment().put("LC_ALL", "C.UTF-8");
        builder.redirectOutput(ProcessBuilder.Redirect.DISCARD);
        Process process = builder.start();
        assertThat(process.waitFor(1, TimeUnit.MINUTES)).isTrue();
        return process.exitValue();
    }
}
