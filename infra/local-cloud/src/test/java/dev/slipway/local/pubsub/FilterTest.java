package dev.slipway.local.pubsub;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import io.grpc.Status;
import io.grpc.StatusRuntimeException;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class FilterTest {
    private static final Map<String, String> ATTRIBUTES =
            Map.of("domain", "com", "iana.org/language_tag", "en", "x-y_1", "say \"é\"", "e", "");

    @ParameterizedTest
    @ValueSource(
            strings = {
                "attributes:domain",
                "attributes:\"iana.org/language_tag\"",
                "attributes.domain = \"com\"",
                "attributes.domain=\"com\"",
                "attributes.\"domain\" = \"com\"",
                "attributes.domain != \"org\"",
                "attributes.missing != \"org\"",
                "attributes.e = \"\"",
                "attributes.x-y_1 = \"say \\\"\\u00e9\\\"\"",
                "attributes.x-y_1 = \"say \\x22\\351\\042\"",
                "hasPrefix(attributes.domain, \"co\")",
                "hasPrefix( attributes.\"iana.org/language_tag\" , \"\" )",
                "NOT attributes:missing",
                "-attributes:missing",
                "NOT NOT attributes:domain",
                "NOT attributes:domain OR attributes:e",
                "attributes:domain AND attributes:e AND -attributes:missing",
                "attributes:missing OR attributes:other OR attributes:e",
                "attributes:domain AND (attributes.domain = \"net\" OR attributes.domain = \"com\")",
                "NOT (attributes:domain AND attributes:missing)",
                "((attributes:domain))",
                "attributes.domain = \"com\" AND NOT hasPrefix(attributes.objectId, \"status/\")",
            })
    void wants(String filter) {
        assertThat(FilterParser.parse(filter).matches(ATTRIBUTES)).isTrue();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "attributes:missing",
                "attributes:Domain",
                "attributes.domain = \"COM\"",
                "attributes.domain != \"com\"",
                "attributes.missing = \"\"",
                "hasPrefix(attributes.domain, \"com.\")",
                "hasPrefix(attributes.missing, \"\")",
                "-attributes:domain",
                "attributes:domain AND attributes:missing",
            })
    void doesNotWant(String filter) {
        assertThat(FilterParser.parse(filter).matches(ATTRIBUTES)).isFalse();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                " ",
                "attributes",
                "attributes:",
                "attributes.domain",
                "attributes.domain = com",
                "attributes.domain = 'com'",
                "\"com\" = attributes.domain",
                "attributes.a = attributes.b",
                "attributes.a = (\"b\" AND \"c\")",
                "attributes.a > \"b\"",
                "attributes:a AND attributes:b OR attributes:c",
                "attributes:a and attributes:b",
                "attributes:a attributes:b",
                "attributes:a AND",
                "(attributes:a",
                "attributes:a)",
                "hasSuffix(attributes.a, \"b\")",
                "hasPrefix(attributes:a, \"b\")",
                "hasPrefix(attributes.a)",
                "attributes.iana.org = \"a\"",
                "attributes.a = \"\\q\"",
                "attributes.a = \"open",
                "data = \"a\"",
                "attributes.é = \"a\"",
            })
    void refuses(String filter) {
        assertThatExceptionOfType(StatusRuntimeException.class)
                .isThrownBy(() -> FilterParser.parse(filter))
                .matches(e -> e.getStatus().getCode() == Status.Code.INVALID_ARGUMENT);
    }

    @Test
    void anEmptyFilterWantsEverything() {
        assertThat(FilterParser.parse("").matches(Map.of())).isTrue();
    }

    @Test
    void saysWhereAFilterIsWrongAndWhatIsAllowed() {
        assertThatExceptionOfType(StatusRuntimeException.class)
                .isThrownBy(() -> FilterParser.parse("attributes.a == \"b\""))
                .withMessageContaining("at position 15: found =, allowed is a value in double");
    }

    @Test
    void refusesAFilterThatIsTooLongOrTooDeep() {
        assertThatExceptionOfType(StatusRuntimeException.class)
                .isThrownBy(() -> FilterParser.parse("attributes:" + "a".repeat(246)))
                .withMessageContaining("257 bytes");
        assertThatExceptionOfType(StatusRuntimeException.class)
                .isThrownBy(() -> FilterParser.parse("-".repeat(200) + "attributes:a"))
                .withMessageContaining("levels");
    }
}
