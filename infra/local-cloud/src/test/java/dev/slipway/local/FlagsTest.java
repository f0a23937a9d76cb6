package dev.slipway.local;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;

class FlagsTest {
    @Test
    void leavesWhatIsNotNamedAtItsDefault() {
        Path home = Path.of("/tmp/h");

        assertThat(Flags.read(List.of("--home", "/tmp/h"))).isEqualTo(Settings.defaults(home));
    }

    @Test
    void readsEveryFlagWhereverTheHomeStands() {
        Settings settings =
                Flags.read(
                        List.of(
                                ("--port 8470 --region a,b --installation x --concurrent-builds 3"
                                                + " --build-quota 4 --startup-timeout 500ms"
                                                + " --idle-timeout 2m --home /tmp/h")
                                        .split(" ")));

        assertThat(settings)
                .isEqualTo(
                        new Settings(
                                Path.of("/tmp/h"),
                                8470,
                                "local-project",
                                100000000001L,
                                "x",
                                List.of("a", "b"),
                                3,
                                4,
                                Duration.ofMillis(500),
                                Duration.ofMinutes(2),
                                false,
                                false));
    }

    @Test
    void namesTheFlagThatIsWrong() {
        assertThatThrownBy(() -> Flags.read(List.of("--home", "h", "--port", "70000")))
                .hasMessage("--port is a number from 0 to 65535, not 70000");
        assertThatThrownBy(() -> Flags.read(List.of("--home", "h", "--idle-timeout", "soon")))
                .hasMessage("--idle-timeout is a number and ms, s, m or h, not soon");
        assertThatThrownBy(() -> Flags.read(List.of("--home", "h", "--fast", "yes")))
                .hasMessage("--fast is no flag of this program");
        assertThatThrownBy(() -> Flags.read(List.of("--home"))).hasMessage("--home needs a value");
        assertThatThrownBy(() -> Flags.read(List.of("--port", "1")))
                .hasMessage("--home DIR is missing");
    }
}
