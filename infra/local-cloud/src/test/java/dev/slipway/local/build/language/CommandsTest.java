package dev.slipway.local.build.language;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;

class CommandsTest {
    private static final String DAEMON = "setsid sleep 300 > /dev/null 2>&1 & echo $! > pid";

    @TempDir Path folder;

    private final String mark = UUID.randomUUID().toString();
    private BuildLog log;
    private Commands commands;

    @BeforeEach
    void open() throws IOException {
        log = new BuildLog(folder.resolve("log"), List.of(), 10_000);
        commands = new Commands(folder, Map.of("PATH", "/usr/bin:/bin", "A", "a"), mark, log);
    }

    @AfterEach
    void close() throws IOException {
        commands.stop();
        log.close();
    }

    @Test
    void logsWhatAProgramPrintsAndTellsItsExitCode() throws Exception {
        int code =
                commands.run(
                        List.of("sh", "-c", "echo $A $B; echo bad >&2; exit 3"), Map.of("B", "b"));
        assertThat(code).isEqualTo(3);
        assertThat(folder.resolve("log")).content().contains("a b\n", "bad\n");
    }

    @Test
    void givesProgramsNothingElseOfThisProcess() throws Exception {
        commands.run(List.of("env"), Map.of());
        assertThat(Files.readAllLines(folder.resolve("log")).stream().skip(1))
                .containsExactlyInAnyOrder("PATH=/usr/bin:/bin", "A=a", Family.MARK + "=" + mark);
    }

    @Test
    @EnabledOnOs(OS.LINUX)
    void endsWhatAProgramLeavesBehind() throws Exception {
        assertThat(commands.run(List.of("sh", "-c", DAEMON), Map.of())).isZero();
        assertThat(runs(pid())).isFalse();
    }

    @Test
    @EnabledOnOs(OS.LINUX)
    void endsWhatABuildOfAnEarlierProcessLeftBehind() throws Exception {
        ProcessBuilder orphaned = new ProcessBuilder("sh", "-c", DAEMON);
        orphaned.directory(folder.toFile()).environment().put(Family.MARK, mark);
        orphaned.start().waitFor();
        // between fork and exec a program has no command line
        await("the daemon").until(() -> runs(pid()));
        Family.endMarked(mark);
        assertThat(runs(pid())).isFalse();
    }

    @Test
    void startsNothingOnceItIsStopped() {
        commands.stop();
        assertThatExceptionOfType(BuildStopped.class)
                .isThrownBy(() -> commands.run(List.of("true"), Map.of()));
    }

    private long pid() throws IOException {
        return Long.parseLong(Files.readString(folder.resolve("pid")).strip());
    }

    /** A zombie that nobody looks at runs no more. */
    private static boolean runs(long pid) {
        try {
            return Files.readAllBytes(Path.of("/proc/" + pid + "/cmdline")).length > 0;
        } catch (IOException _) {
            return false;
        }
    }
}
