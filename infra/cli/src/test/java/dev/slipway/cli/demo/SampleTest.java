package dev.slipway.cli.demo;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.slipway.cli.terminal.Problem;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SampleTest {
    @TempDir private Path directory = Path.of("");

    private Sample with(String manifest) throws IOException {
        Path folder = Files.createDirectories(directory.resolve("hello"));
        Files.writeString(folder.resolve("slipway.yaml"), manifest);
        return Sample.at(folder, "europe-west1", "my-project");
    }

    @Test
    void readsWhatCallsItFromItsManifest() throws IOException {
        Sample storage =
                with(
                        """
                        apiVersion: slipway.dev/v1
                        function: f
                        triggers:
                          - storage: { bucket: photos }
                        """);
        assertThat(storage.bucket()).contains("photos");
        assertThat(storage.topic()).isEmpty();

        Sample pubsub =
                with(
                        """
                        apiVersion: slipway.dev/v1
                        function: f
                        triggers:
                          - pubsub: { topic: orders }
                        """);
        assertThat(pubsub.topic()).contains("orders");
        assertThat(pubsub.bucket()).isEmpty();
        assertThat(pubsub.service()).isEqualTo("hello");
    }

    @Test
    void saysWhatIsWrongWithIt() {
        assertThatThrownBy(() -> with("apiVersion: slipway.dev/v1\nmemroy: 1Gi\n"))
                .isInstanceOf(Problem.class)
                .hasMessageContaining("memroy");
        assertThatThrownBy(() -> Sample.at(directory.resolve("none"), "europe-west1", "my-project"))
                .isInstanceOf(Problem.class)
                .hasMessageContaining("cannot be read");
    }
}
