package dev.slipway.cli.installation;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class FastStartTest {
    private static final List<String> FLAGS = List.of("-Xmx64m");

    @TempDir private Path target = Path.of("");
    private final FastStart fast = FastStart.in(Map.of());
    private Path jar = target;
    private Path kept = target;

    @BeforeEach
    void build() throws IOException {
        jar = Files.writeString(target.resolve("program.jar"), "v1");
        Files.writeString(
                Files.createDirectory(target.resolve("lib")).resolve("library.jar"), "v1");
        kept = target.resolve("start");
    }

    private List<String> arguments() {
        return fast.arguments(jar, FLAGS, kept);
    }

    private Path archiveOf(List<String> listing) {
        String list = listing.getFirst().substring("-XX:DumpLoadedClassList=".length());
        return Path.of(list.substring(0, list.indexOf('.', list.lastIndexOf('/'))) + ".jsa");
    }

    @Test
    void listsClassesWhereThereIsNoArchive() throws IOException {
        List<String> arguments = arguments();

        assertThat(arguments.getFirst()).startsWith("-XX:DumpLoadedClassList=" + kept);
        assertThat(arguments.subList(1, arguments.size()))
                .containsExactly("-Xmx64m", "-jar", jar.toString());
        String key = String.valueOf(archiveOf(arguments).getFileName()).replace(".jsa", "");
        assertThat(kept.resolve(key + ".arguments"))
                .hasContent("\"-Xmx64m\"\n\"-jar\"\n\"" + jar + "\"\n");
    }

    @Test
    void everyRunListsInAFileOfItsOwn() {
        assertThat(arguments().getFirst()).isNotEqualTo(arguments().getFirst());
    }

    @Test
    void startsFromTheArchiveThatFits() throws IOException {
        Path archive = Files.writeString(archiveOf(arguments()), "archive");

        assertThat(arguments())
                .contains("-XX:SharedArchiveFile=" + archive, "-jar", jar.toString())
                .noneMatch(argument -> argument.contains("DumpLoadedClassList"));
    }

    @Test
    void anotherBuildOfTheProgramOrALibraryHasAnotherArchive() throws IOException {
        Path archive = Files.writeString(archiveOf(arguments()), "archive");

        Files.writeString(target.resolve("lib/library.jar"), "version 2");

        assertThat(archiveOf(arguments())).isNotEqualTo(archive);
        assertThat(archive).doesNotExist();
    }

    @Test
    void otherFlagsHaveAnotherArchive() throws IOException {
        Path archive = Files.writeString(archiveOf(arguments()), "archive");

        assertThat(fast.arguments(jar, List.of("-Xmx65m"), kept))
                .noneMatch(argument -> argument.contains(archive.toString()));
    }

    @Test
    void makesNothingForWhoUsesOnlyWhatIsBuilt() throws IOException {
        FastStart never = FastStart.in(Map.of("SLIPWAY_BUILD", "never"));

        assertThat(never.arguments(jar, FLAGS, kept))
                .containsExactly("-Xmx64m", "-jar", jar.toString());
        assertThat(kept).doesNotExist();

        Path archive = Files.writeString(archiveOf(arguments()), "archive");
        assertThat(never.arguments(jar, FLAGS, kept)).contains("-XX:SharedArchiveFile=" + archive);
    }

    @Test
    void quotesWhatAnArgumentFileWouldTakeApart() {
        assertThat(FastStart.argumentFile(List.of("/a b/\\c\".jar")))
                .isEqualTo("\"/a b/\\\\c\\\".jar\"\n");
    }
}
