package dev.slipway.archive;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.lang.ProcessBuilder.Redirect;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Archives with one thing wrong each, and some that only look so: {@code make.py} writes them. */
class AttackSamplesTest {
    private static final Set<String> CLASSES =
            Set.of(
                    "slip",
                    "link",
                    "special",
                    "bomb",
                    "nested",
                    "lie",
                    "differential",
                    "collision",
                    "unsupported",
                    "tar",
                    "polyglot",
                    "long-name");
    private static final String GENERATOR = "make.py";
    private static final Set<String> NO_SAMPLES = Set.of("list.tsv", "accepted.tsv", GENERATOR);

    /** The sources' own folder: a copy elsewhere might hold what has been renamed since. */
    private static final Path SAMPLES =
            Path.of("src/test/resources/dev/slipway/archive/attacks").toAbsolutePath();

    private static final String NOT_SAID = "-";

    @TempDir Path folder;

    record Attack(String file, String kind, Rule rule, String entry) {
        static Attack of(String line) {
            String[] fields = line.split("\t", -1);
            return new Attack(fields[0], fields[1], Rule.valueOf(fields[2]), fields[3]);
        }

        @Override
        public String toString() {
            return file;
        }
    }

    record Lookalike(String file, String files) {
        static Lookalike of(String line) {
            String[] fields = line.split("\t", -1);
            return new Lookalike(fields[0], fields[2]);
        }

        @Override
        public String toString() {
            return file;
        }
    }

    /** What became of a sample, in words that no change of the reader's types touches. */
    private record Outcome(String rule, String entry, String message, String files) {}

    @ParameterizedTest
    @MethodSource("attacks")
    void anAttackIsRefused(Attack attack) throws IOException {
        Outcome outcome = inspect(attack.file());

        assertThat(outcome.rule()).as("%s: %s", attack, outcome).isEqualTo(attack.rule().name());
        assertThat(outcome.message()).as(attack.file()).isNotBlank();
        if (!attack.entry().equals(NOT_SAID)) {
            assertThat(outcome.entry()).as("%s: %s", attack, outcome).isEqualTo(attack.entry());
        }
    }

    @ParameterizedTest
    @MethodSource("lookalikes")
    void aLookalikeIsAccepted(Lookalike lookalike) throws IOException {
        Outcome outcome = inspect(lookalike.file());

        assertThat(outcome.rule()).as("%s: %s", lookalike, outcome).isEqualTo("none");
        assertThat(outcome.files()).as(lookalike.file()).isEqualTo(lookalike.files());
    }

    @Test
    void everyClassHasASample() throws IOException {
        assertThat(attacks().map(Attack::kind).collect(Collectors.toSet())).isEqualTo(CLASSES);
    }

    @Test
    void everyFileStandsInOneList() throws IOException {
        List<String> listed =
                Stream.of(
                                attacks().map(Attack::file),
                                lookalikes().map(Lookalike::file),
                                NO_SAMPLES.stream())
                        .flatMap(files -> files)
                        .sorted()
                        .toList();
        assertThat(listed).containsExactlyElementsOf(files(SAMPLES));
    }

    @Test
    void theGeneratorWritesTheSameBytesAgain() throws Exception {
        assumeTrue(run("which", "python3") == 0, "python3 is not installed");

        assertThat(run("python3", "-B", GENERATOR, folder.toString())).isZero();

        Set<String> written = files(folder);
        assertThat(written).hasSize(files(SAMPLES).size() - 1).doesNotContain(GENERATOR);
        for (String file : written) {
            assertThat(folder.resolve(file)).hasSameBinaryContentAs(SAMPLES.resolve(file));
        }
    }

    /** The one place that knows what an inspection gives. */
    private Outcome inspect(String file) throws IOException {
        byte[] archive = Files.readAllBytes(SAMPLES.resolve(file));
        Outcome outcome =
                switch (Archives.inspect(folder, archive)) {
                    case Refused refused ->
                            new Outcome(
                                    refused.rule().name(),
                                    Objects.requireNonNullElse(refused.entry(), NOT_SAID),
                                    refused.message(),
                                    "");
                    case SourceContents _ ->
                            new Outcome("none", NOT_SAID, "", withSizes(Tree.of(folder, archive)));
                };
        assertThat(files(folder)).as("nothing is left behind").isEmpty();
        return outcome;
    }

    private static String withSizes(Tree tree) {
        return tree.sizes().entrySet().stream()
                .map(file -> file.getKey() + "=" + file.getValue())
                .collect(Collectors.joining(" "));
    }

    private static Stream<Attack> attacks() throws IOException {
        return lines("list.tsv").map(Attack::of);
    }

    private static Stream<Lookalike> lookalikes() throws IOException {
        return lines("accepted.tsv").map(Lookalike::of);
    }

    private static Stream<String> lines(String list) throws IOException {
        return Files.readAllLines(SAMPLES.resolve(list)).stream().skip(1);
    }

    private static Set<String> files(Path folder) throws IOException {
        try (Stream<Path> files = Files.list(folder)) {
            return files.filter(Files::isRegularFile)
                    .map(file -> file.getFileName().toString())
                    .collect(Collectors.toCollection(TreeSet::new));
        }
    }

    private static int run(String... command) throws Exception {
        ProcessBuilder builder = new ProcessBuilder(command).directory(SAMPLES.toFile());
        builder.redirectOutput(Redirect.DISCARD).redirectError(Redirect.INHERIT);
        Process process = builder.start();
        assertThat(process.waitFor(1, TimeUnit.MINUTES)).isTrue();
        return process.exitValue();
    }
}
