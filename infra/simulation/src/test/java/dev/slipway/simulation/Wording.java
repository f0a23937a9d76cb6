package dev.slipway.simulation;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** What each text that a person reads has to look like. */
final class Wording {
    /** What a program writes where nobody thought of the reader. */
    private static final List<String> LEFTOVERS =
            List.of("null", "%s", "%d", "{", "}", "[", "]", "Optional", "Exception", "  ", " .");

    private static final Pattern IDENTITY = Pattern.compile("(?s).*\\w@[0-9a-f]{4,}.*");

    private static final Pattern SENTENCE =
            Pattern.compile("(?s)(\\p{Lu}|slipway[.]yaml: ).*([^.,:;?][.]|\\w[?])");

    private Wording() {}

    static void assertReadsWell(@Nullable String text) {
        assertThat(text)
                .as("a text for people")
                .isNotNull()
                .matches(SENTENCE)
                .doesNotMatch(IDENTITY)
                .doesNotContain(LEFTOVERS);
    }
}
