package dev.slipway.endtoend;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;

/** Every shell script of the checkout passes shellcheck. */
@Order(0)
class ShellScriptsTest {
    private static final Duration LONGEST = Duration.ofMinutes(1);
    private static final List<String> PLACES = List.of(".", ".ci", "infra/benchmarks");

    @Test
    void shellcheckFindsNothing() throws Exception {
        assumeTrue(Tools.installed("shellcheck"), "shellcheck is not installed");
        List<String> command =
                new ArrayList<>(List.of("shellcheck", "--external-sources", "--severity=warning"));
        command.add("--exclude=SC2154"); // variables of lib.sh, which benchmarks source
        for (String place : PLACES) {
            command.addAll(scripts(Installation.checkout().resolve(place)));
        }
        assertThat(command).hasSizeGreaterThan(4);

        Run run = Run.of(Installation.checkout(), Map.of(), LONGEST, command);

        assertThat(run.exit()).as(run.out()).isZero();
    }

    private static List<String> scripts(Path directory) throws IOException {
        try (Stream<Path> files = Files.list(directory)) {
            return files.filter(Files::isRegularFile)
                    .filter(ShellScriptsTest::isShell)
                    .map(Path::toString)
                    .sorted()
                    .toList();
        }
    }

    private static boolean isShell(Path file) {
        try (var in = Files.newInputStream(file)) {
            String start = new String(in.readNBytes(32), StandardCharsets.US_ASCII);
            String first = start.lines().findFirst().orElse("");
            return first.startsWith("#!") && first.endsWith("sh");
        } catch (IOException e) {
            throw new IllegalStateException(e);
        }
    }
}
