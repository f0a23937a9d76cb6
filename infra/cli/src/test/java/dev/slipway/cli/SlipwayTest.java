package dev.slipway.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.slipway.cli.installation.Checkout;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SlipwayTest {
    @TempDir private Path directory = Path.of("");
    private final ByteArrayOutputStream out = new ByteArrayOutputStream();
    private final ByteArrayOutputStream err = new ByteArrayOutputStream();

    private int run(String... args) {
        Workbench bench =
                new Workbench(
                        Map.of("SLIPWAY_HOME", directory.resolve("home").toString()),
                        new Checkout(directory),
                        new PrintStream(out, true, StandardCharsets.UTF_8),
                        new PrintStream(err, true, StandardCharsets.UTF_8),
                        false,
                        InstantSource.system(),
                        duration -> {
                            throw new AssertionError("nothing here waits");
                        });
        return Slipway.run(bench, args);
    }

    @Test
    void teachesWithExamples() {
        assertThat(run("--help")).isZero();
        assertThat(out.toString(StandardCharsets.UTF_8))
                .contains("./slipway drop infra/samples/hello-node")
                .contains("status  Tells what runs");
    }

    @Test
    void suggestsTheCommandThatWasMeant() {
        assertThat(run("dron")).isEqualTo(2);
        assertThat(err.toString(StandardCharsets.UTF_8)).contains("slipway drop");
    }

    @Test
    void saysWhereNothingIsUp() {
        assertThat(run("status")).isEqualTo(1);
        assertThat(out.toString(StandardCharsets.UTF_8))
                .isEqualTo("slipway is not up; start it with ./slipway up\n");
    }

    @Test
    void stopsNothingWhereNothingWasStarted() {
        assertThat(run("down")).isZero();
        assertThat(out.toString(StandardCharsets.UTF_8)).startsWith("nothing to stop");
    }

    @Test
    void tellsAProblemInASentenceAndANextStep() throws IOException {
        Path source = Files.createDirectory(directory.resolve("123"));

        assertThat(run("drop", source.toString())).isEqualTo(2);
        assertThat(err.toString(StandardCharsets.UTF_8))
                .isEqualTo(
                        """
                        slipway: 123 is no service name: one starts with a-z, goes on with a-z, 0-9 and -,\
                         ends with no -, and has fewer than 50 characters
                          Name the service with --service NAME.
                        """);
    }

    @Test
    void saysWhatADurationIs() {
        assertThat(run("drop", ".", "--timeout", "soon")).isEqualTo(2);
        assertThat(err.toString(StandardCharsets.UTF_8)).contains("90s, 30m, 2h");
    }

    @Test
    void saysWhatIsNotBuilt() throws IOException {
        Path source = Files.createDirectory(directory.resolve("hello"));

        assertThat(run("drop", source.toString())).isEqualTo(1);
        assertThat(err.toString(StandardCharsets.UTF_8))
                .contains("slipway-local-cloud.jar is not built");
    }
}
