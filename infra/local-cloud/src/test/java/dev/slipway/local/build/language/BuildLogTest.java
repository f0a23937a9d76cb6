package dev.slipway.local.build.language;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class BuildLogTest {
    @TempDir Path folder;

    @Test
    void keepsSecretsAndControlCharactersOutOfLogs() throws Exception {
        Path file = folder.resolve("log.txt");
        try (BuildLog log = new BuildLog(file, List.of("npm_s3cr3t"), 1000)) {
            log.line("using npm_s3cr3t \u001b[31mred\r");
        }
        assertThat(file).hasContent("using *** red\n");
    }

    @Test
    void leavesOutWhatIsTooLongButNotItsEnd() throws Exception {
        Path file = folder.resolve("long.txt");
        try (BuildLog log = new BuildLog(file, List.of("s3cr3t"), 100)) {
            for (int i = 0; i < 500; i++) {
                log.line("line " + i + " s3cr3t");
            }
            log.end("FAILURE");
        }
        List<String> lines = Files.readAllLines(file);
        assertThat(lines)
                .contains("(the log is longer than 100 bytes; only its end follows)")
                .startsWith("line 0 ***")
                .doesNotContain("line 300 ***")
                .endsWith("line 498 ***", "line 499 ***", "FAILURE");
        assertThat(lines).filteredOn(line -> line.contains("left out")).hasSize(1);
    }

    /** A build goes on, however much it prints, and what it printed last can be read. */
    @Test
    void keepsTheEndOfABuildThatPrintsAHundredMegabytes() throws Exception {
        Path file = folder.resolve("flood.txt");
        long most = 10L << 20;
        try (BuildLog log = new BuildLog(file, List.of("s3cr3t"), most)) {
            Commands commands =
                    new Commands(
                            folder,
                            Map.of("PATH", "/usr/bin:/bin"),
                            UUID.randomUUID().toString(),
                            log);
            String flood =
                    "yes 'a line of a build that does not stop to talk' | head -c 100000000;"
                            + " for i in $(seq 1 30); do echo end $i; done; exit 7";
            assertThat(commands.run(List.of("sh", "-c", flood), Map.of())).isEqualTo(7);
        }
        assertThat(Files.size(file)).isBetween(most - 1000, most + 100_000);
        List<String> lines = Files.readAllLines(file);
        assertThat(lines.subList(lines.size() - 20, lines.size()))
                .containsExactlyElementsOf(
                        IntStream.rangeClosed(11, 30).mapToObj(i -> "end " + i).toList());
    }
}
