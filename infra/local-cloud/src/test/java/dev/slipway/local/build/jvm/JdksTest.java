package dev.slipway.local.build.jvm;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class JdksTest {
    @TempDir Path folder;

    @ParameterizedTest
    @CsvSource({
        // installed, asked (0: nothing), least, chosen
        "17 21 25, 21, 17, 21",
        "17 21 25, 17, 17, 17",
        "17 25, 21, 17, 25",
        "11 17, 21, 17, 17",
        "17 21 25, 0, 17, 21",
        "17 25, 0, 17, 17",
        "17 21 25, 0, 25, 25",
        "17, 0, 21, 17"
    })
    void choosesTheVersionThatComesClosest(String installed, int asked, int least, int chosen) {
        Jdks jdks =
                new Jdks(
                        Arrays.stream(installed.split(" ", -1))
                                .map(Integer::parseInt)
                                .map(feature -> new Jdk(Path.of("/" + feature), feature, ""))
                                .toList(),
                        Optional.empty());
        assertThat(jdks.choose(asked == 0 ? Optional.empty() : Optional.of(asked), least))
                .map(Jdk::feature)
                .contains(chosen);
    }

    @Test
    void choosesNoneWhereThereIsNone() {
        assertThat(new Jdks(List.of(), Optional.empty()).choose(Optional.of(21), 17)).isEmpty();
    }

    @Test
    void findsWhatCompilesOnThePathInJavaHomeAndWhereInstallersPutIt() throws Exception {
        Path onPath = jdk("path", "\"17.0.15\"");
        Path link = Files.createDirectories(folder.resolve("usr/bin"));
        Files.createSymbolicLink(link.resolve("java"), onPath.resolve("bin/java"));
        Path named = jdk("named", "\"1.8.0_402\"");
        Path own = jdk("own", "25");
        Path sdkman = jdk("home/.sdkman/candidates/java/21-tem", "\"21.0.4\"");
        Files.delete(jdk("home/.jdks/runtime-only", "\"23\"").resolve("bin/javac"));

        Jdks jdks =
                Jdks.find(
                        Map.of("PATH", "/none:" + link, "JAVA_HOME", named.toString()),
                        folder.resolve("home"),
                        own);

        assertThat(jdks.installed())
                .contains(
                        new Jdk(onPath, 17, "17.0.15"),
                        new Jdk(named, 8, "1.8.0_402"),
                        new Jdk(own, 25, "25"),
                        new Jdk(sdkman, 21, "21.0.4"))
                .noneMatch(jdk -> jdk.feature() == 23);
        assertThat(jdks.java(jdks.installed().getFirst())).isEqualTo("java");
        assertThat(jdks.java(new Jdk(sdkman, 21, ""))).isEqualTo(sdkman + "/bin/java");
    }

    private Path jdk(String name, String version) throws IOException {
        Path home = folder.toRealPath().resolve(name);
        Files.createDirectories(home.resolve("bin"));
        Files.writeString(home.resolve("release"), "OS_NAME=\"Linux\"\nJAVA_VERSION=" + version);
        for (String program : List.of("java", "javac")) {
            Path file = Files.writeString(home.resolve("bin").resolve(program), "");
            assertThat(file.toFile().setExecutable(true)).isTrue();
        }
        return home;
    }
}
