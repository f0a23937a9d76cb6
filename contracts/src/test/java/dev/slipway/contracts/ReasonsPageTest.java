package dev.slipway.contracts;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class ReasonsPageTest {
    /** Relative to the module, where Maven runs tests. */
    private static final Path PAGE = Path.of("REASONS.md");

    /** A run with {@code -Dslipway.write-reasons=true} writes the page instead. */
    private static final boolean WRITES = Boolean.getBoolean("slipway.write-reasons");

    @Test
    void thePageSaysWhatTheListSays() throws IOException {
        String page = page();
        if (WRITES) {
            Files.writeString(PAGE, page);
        }

        assertThat(Files.readString(PAGE))
                .as("write it anew: mvn -pl contracts test -Dslipway.write-reasons=true")
                .isEqualTo(page);
    }

    @ParameterizedTest
    @EnumSource(Reason.class)
    void eachReasonSaysInOneSentenceWhatHappenedAndWhatIsNext(Reason reason) {
        assertThat(reason.meaning()).matches("[A-Z][^|\\n]{20,120}\\.").doesNotContain("  ");
        assertThat(reason.nextStep()).matches("[A-Z][^|\\n]+\\.");
        assertThat(Arrays.stream(Reason.values()).map(Reason::meaning))
                .as("what happened tells the reasons apart")
                .containsOnlyOnce(reason.meaning());
    }

    private static String page() {
        return """
                # Why a deployment ended

                The closed list of reasons, as the answer beside a drop and the message
                `deployment-finished` carry them. Written from `Reason.java` by its test; do not edit.
                """
                + Arrays.stream(Outcome.values())
                        .map(ReasonsPageTest::section)
                        .collect(Collectors.joining());
    }

    private static String section(Outcome outcome) {
        Stream<Reason> reasons =
                Arrays.stream(Reason.values()).filter(reason -> reason.outcome() == outcome);
        return "\n## "
                + outcome
                + "\n\n| Reason | What happened | Whose turn | Next step |\n|---|---|---|---|\n"
                + reasons.map(ReasonsPageTest::row).collect(Collectors.joining());
    }

    private static String row(Reason reason) {
        return "| `%s` | %s | %s | %s |\n"
                .formatted(reason, reason.meaning(), turn(reason.turn()), reason.nextStep());
    }

    private static String turn(Turn turn) {
        return switch (turn) {
            case NOBODY -> "nobody's";
            case YOU -> "yours";
            case OPERATOR -> "your operator's";
            case PLATFORM -> "the platform's";
        };
    }
}
