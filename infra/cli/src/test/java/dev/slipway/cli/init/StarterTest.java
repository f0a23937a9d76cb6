package dev.slipway.cli.init;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.slipway.cli.init.Starter.Trigger;
import dev.slipway.contracts.manifest.ManifestReader;
import dev.slipway.contracts.manifest.ManifestReading;
import dev.slipway.contracts.manifest.Policy;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

class StarterTest {
    private static final Policy POLICY = new Policy(Set.of("europe-west1"), true, "p");

    @TempDir private Path directory = Path.of("");

    static Stream<Arguments> all() {
        return Stream.of(Language.values())
                .flatMap(
                        language ->
                                Stream.of(Trigger.values())
                                        .map(trigger -> Arguments.of(language, trigger)));
    }

    @ParameterizedTest
    @MethodSource("all")
    void writesAFolderThatCanBeDropped(Language language, Trigger trigger) throws IOException {
        Path folder = directory.resolve("My_Orders");

        List<String> files = new Starter(language, trigger, "orders").write(folder);

        assertThat(files).hasSize(3).contains("slipway.yaml");
        for (String file : files) {
            assertThat(folder.resolve(file)).content().isNotBlank().doesNotContain("{{", "}}");
        }
        byte[] manifest = Files.readAllBytes(folder.resolve("slipway.yaml"));
        assertThat(ManifestReader.read(manifest, "my-orders", "europe-west1", POLICY))
                .isInstanceOf(ManifestReading.Valid.class);
    }

    @Test
    void overwritesNothing() throws IOException {
        Path mine = Files.writeString(directory.resolve("package.json"), "mine");

        assertThatThrownBy(() -> new Starter(Language.NODE, Trigger.HTTP, "").write(directory))
                .hasMessage(mine + " is there already, and nothing is overwritten");
        assertThat(mine).content().isEqualTo("mine");
        assertThat(directory).isDirectoryNotContaining(path -> path.endsWith("index.js"));
    }
}
