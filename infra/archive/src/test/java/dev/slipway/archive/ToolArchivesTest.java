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
import java.util.stream.Stream;
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
                "zip -q -r -fz ../out .",
                "zip -q -r -fd ../out .",
                "jar --create --no-manifest --file ../out -C . .",
                "jar --create --no-manifest --no-compress --file ../out -C . .",
                "python3 -m zipfile -c ../out package.json lib",
                "python3 -m tarfile -c ../out package.json lib",
                "tar -czf ../out .",
                "tar -cf ../out package.json lib",
                "tar --format=v7 -cf ../out .",
                "tar --format=oldgnu -cf ../out .",
                "tar --format=gnu -czf ../out ../source",
                "tar --format=ustar -cf ../out .",
                "tar --format=pax -cf ../out .",
                "tar --format=posix -czf ../out ../source",
                "git archive --format=zip -o ../out HEAD",
                "git archive --format=zip --prefix=source-main/ -o ../out HEAD",
                "git archive --format=tar --prefix=source-main/ -o ../out HEAD",
                "git archive --format=tar.gz -o ../out HEAD",
                "7z a -bd -tzip ../out.zip .",
                "7z a -bd -tzip -mx=0 ../out.zip .",
                "7z a -bd -ttar ../out .",
                "bsdtar --format zip -cf ../out .",
                "bsdtar --format zip --options zip:compression=store -cf ../out .",
                "bsdtar --format pax -czf ../out .",
                "bsdtar --format ustar -cf ../out package.json lib",
                "bsdtar --format gnutar -cf ../out .",
                "bsdtar --format v7 -cf ../out ."
            })
    void whatAToolPacksIsRead(String command) throws Exception {
        String tool = command.split(" ", 2)[0];
        assumeTrue(run("which", tool) == 0, tool + " is not installed");
        if (tool.equals("git")) {
            commit();
        }
        assertThat(run(command.split(" "))).as(command).isZero();

        Tree tree = Tree.of(folder, written());

        assertThat(tree.texts()).isEqualTo(SOURCE);
        assertThat(tree.digest()).isEqualTo(Tree.ofFolder(source).digest());
    }

    private void commit() throws Exception {
        assertThat(run("git", "init", "-q")).isZero();
        assertThat(run("git", "add", ".")).isZero();
        String[] commit = {
            "git", "-c", "user.name=x", "-c", "user.email=x@y", "commit", "-q", "-m", "x"
        };
        assertThat(run(commit)).isZero();
    }

    /** Some tools add the suffix that they think right. */
    private Path written() throws IOException {
        try (Stream<Path> files = Files.list(folder)) {
            return files.filter(Files::isRegularFile).findFirst().orElseThrow();
        }
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
