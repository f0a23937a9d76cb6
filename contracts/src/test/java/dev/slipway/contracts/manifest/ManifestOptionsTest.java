package dev.slipway.contracts.manifest;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Every option that Google's two paths have: accepted, or refused by its name and place. They stand
 * in {@code options.txt}, a line each: what becomes of it, the field, a manifest with a value that
 * is right, and one that differs in nothing but a value that is wrong, where there is one.
 */
class ManifestOptionsTest {
    private static final String FILE = "options.txt";

    /** What becomes of a right value. */
    enum Fate {
        TAKEN,
        /** Refused as not supported yet. */
        LATER,
        /** Right, inside of one that is refused as not supported yet. */
        PART,
        ELSEWHERE
    }

    /**
     * One option.
     *
     * @param wrong empty where any value will do
     */
    record Listed(Fate fate, String field, String right, String wrong) {
        static Listed of(String line) {
            List<String> columns = Arrays.stream(line.split("\\|", -1)).map(String::strip).toList();
            return new Listed(
                    Fate.valueOf(columns.get(0)), columns.get(1), columns.get(2), columns.get(3));
        }

        /** The field's own name. */
        String name() {
            return field.substring(field.lastIndexOf('.') + 1).replaceAll("\\[\\d+]$", "");
        }

        @Override
        public String toString() {
            return field;
        }
    }

    static Stream<Listed> options() {
        try (InputStream file =
                Objects.requireNonNull(ManifestOptionsTest.class.getResourceAsStream(FILE), FILE)) {
            return new String(file.readAllBytes(), StandardCharsets.UTF_8)
                    .lines()
                    .filter(line -> !line.isBlank() && !line.startsWith("#"))
                    .map(Listed::of);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    static Stream<Listed> withAWrongValue() {
        return options().filter(option -> !option.wrong.isEmpty());
    }

    /** The problems with the option itself, not with what has to stand beside or around it. */
    private static List<Problem> problems(Listed option, String yaml) {
        return switch (Manifests.read(yaml, Manifests.OPEN)) {
            case ManifestReading.Valid _ -> List.of();
            case ManifestReading.Invalid(List<Problem> problems) ->
                    problems.stream()
                            .filter(problem -> problem.field().startsWith(option.field))
                            .toList();
        };
    }

    @ParameterizedTest
    @MethodSource("options")
    void aRightValueIsTakenOrRefusedByTheNameOfItsField(Listed option) {
        List<Problem> problems = problems(option, option.right);

        switch (option.fate) {
            case TAKEN ->
                    assertThat(Manifests.read(option.right, Manifests.OPEN))
                            .isInstanceOf(ManifestReading.Valid.class);
            case PART -> {
                assertThat(problems).isEmpty();
                assertThat(Manifests.problems(option.right))
                        .allMatch(
                                problem -> problem.endsWith(" is not supported yet; take it out"));
            }
            case LATER -> assertRefused(option, problems, " is not supported yet; take it out");
            case ELSEWHERE -> assertRefused(option, problems, " is no field of a manifest: ");
        }
    }

    private static void assertRefused(Listed option, List<Problem> problems, String sentence) {
        Problem only = problems.getFirst();
        assertThat(problems).hasSize(1);
        assertThat(only.line()).isEqualTo(1);
        assertThat(only.column()).isEqualTo(column(option.right, option.name() + ":"));
        assertThat(only.message()).startsWith(option.field + sentence);
    }

    private static int column(String yaml, String what) {
        return yaml.lastIndexOf(what) + 1;
    }

    @ParameterizedTest
    @MethodSource("withAWrongValue")
    void aWrongValueIsRefusedByTheNameOfItsField(Listed option) {
        List<Problem> wrong =
                problems(option, option.wrong).stream()
                        .filter(problem -> !problem.message().contains("is not supported yet"))
                        .toList();

        assertThat(wrong).isNotEmpty();
        assertThat(wrong)
                .allSatisfy(
                        problem -> {
                            assertThat(problem.line()).isEqualTo(1);
                            assertThat(problem.column())
                                    .isGreaterThanOrEqualTo(
                                            column(option.wrong, option.name() + ":"));
                        });
        if (option.fate == Fate.LATER) {
            assertThat(problems(option, option.wrong))
                    .extracting(Problem::message)
                    .contains(option.field + " is not supported yet; take it out");
        }
    }

    @Test
    void noFieldOfTheSchemaIsLeftOut() {
        Option top = ManifestSchema.get().top();
        Option triggers = top.field("triggers").item();
        Set<String> known = new TreeSet<>(top.fields());
        known.removeAll(Set.of("apiVersion", "build", "triggers"));
        known.addAll(inside("build", top.field("build")));
        for (String kind : triggers.fields()) {
            known.add("triggers[0]." + kind);
            known.addAll(inside("triggers[0]." + kind, triggers.field(kind)));
        }
        for (String list : List.of("volumes", "volumeMounts", "containers")) {
            known.addAll(inside(list + "[0]", top.field(list).item()));
        }
        for (String probe : List.of("startupProbe", "livenessProbe", "readinessProbe")) {
            known.addAll(inside(probe, top.field(probe)));
        }

        assertThat(options().map(Listed::field).collect(Collectors.toSet())).containsAll(known);
    }

    private static List<String> inside(String field, Option around) {
        return around.fields().stream().map(name -> field + "." + name).toList();
    }
}
