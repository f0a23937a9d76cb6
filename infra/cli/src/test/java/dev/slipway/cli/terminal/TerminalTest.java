package dev.slipway.cli.terminal;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.Test;

class TerminalTest {
    private final ByteArrayOutputStream said = new ByteArrayOutputStream();

    private String saidOn(boolean attended, Map<String, String> environment) {
        Terminal terminal =
                Terminal.on(
                        new PrintStream(said, true, StandardCharsets.UTF_8), attended, environment);
        terminal.progress("working");
        terminal.line(terminal.good("live"));
        return said.toString(StandardCharsets.UTF_8);
    }

    @Test
    void writesPlainLinesIntoAPipe() {
        assertThat(saidOn(false, Map.of())).isEqualTo("live\n");
    }

    @Test
    void replacesProgressAndColoursOnATerminal() {
        assertThat(saidOn(true, Map.of())).isEqualTo("working\r\u001b[K\u001b[32mlive\u001b[0m\n");
    }

    @Test
    void writesNoEscapeWhereColoursAreUnwanted() {
        assertThat(saidOn(true, Map.of("NO_COLOR", "1")))
                .doesNotContain("\u001b")
                .startsWith("working\r")
                .endsWith("\rlive\n");
    }

    @Test
    void takesADumbTerminalForAPipe() {
        assertThat(saidOn(true, Map.of("TERM", "dumb"))).isEqualTo("live\n");
    }

    @Test
    void tellsDurationsAsPeopleReadThem() {
        assertThat(Elapsed.of(Duration.ofMillis(6149))).isEqualTo("6.1 s");
        assertThat(Elapsed.of(Duration.ofSeconds(61))).isEqualTo("1 min 1 s");
        assertThat(Elapsed.of(Duration.ofSeconds(-1))).isEqualTo("0.0 s");
        assertThat(Elapsed.roughly(Duration.ofHours(49))).isEqualTo("2 d");
    }
}
