package dev.slipway.cli.terminal;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.InstantSource;
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
    void showsWhatTakesLongerAndTakesItAway() throws InterruptedException {
        Terminal terminal =
                new Terminal(new PrintStream(said, true, StandardCharsets.UTF_8), true, true);
        try (Busy _ = Busy.with("checking a.zip", terminal, InstantSource.system())) {
            while (said.size() == 0) {
                Thread.sleep(10);
            }
        }

        assertThat(said.toString(StandardCharsets.UTF_8))
                .matches("(?s)\\| checking a\\.zip  \\d+\\.\\d s.*\r\u001b\\[K");
    }

    @Test
    void saysNothingOfWhatIsOverSoon() {
        Terminal terminal =
                new Terminal(new PrintStream(said, true, StandardCharsets.UTF_8), true, true);
        Busy.with("checking a.zip", terminal, InstantSource.system()).close();

        assertThat(said.size()).isZero();
    }

    @Test
    void tellsDurationsAsPeopleReadThem() {
        assertThat(Elapsed.of(Duration.ofMillis(6149))).isEqualTo("6.1 s");
        assertThat(Elapsed.of(Duration.ofSeconds(61))).isEqualTo("1 min 1 s");
        assertThat(Elapsed.of(Duration.ofSeconds(-1))).isEqualTo("0.0 s");
        assertThat(Elapsed.roughly(Duration.ofHours(49))).isEqualTo("2 d");
    }
}
