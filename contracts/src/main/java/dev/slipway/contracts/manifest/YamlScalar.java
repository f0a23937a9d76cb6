package dev.slipway.contracts.manifest;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.util.regex.Pattern;
import org.yaml.snakeyaml.events.ScalarEvent;

/**
 * Unquoted words as YAML 1.2's core schema reads them, so that {@code no}, {@code on} and {@code
 * 1:30} stay text.
 */
final class YamlScalar {
    private static final Pattern WHOLE = Pattern.compile("[-+]?[0-9]{1,30}");
    private static final Pattern DECIMAL =
            Pattern.compile("[-+]?(\\.[0-9]{1,30}|[0-9]{1,30}\\.[0-9]{0,30})");

    private YamlScalar() {}

    static JsonNode of(ScalarEvent scalar) {
        String text = scalar.getValue();
        JsonNodeFactory nodes = JsonNodeFactory.instance;
        if (!scalar.isPlain()) {
            return nodes.textNode(text);
        }
        return switch (text) {
            case "", "~", "null", "Null", "NULL" -> nodes.nullNode();
            case "true", "True", "TRUE" -> nodes.booleanNode(true);
            case "false", "False", "FALSE" -> nodes.booleanNode(false);
            default -> number(text, nodes);
        };
    }

    private static JsonNode number(String text, JsonNodeFactory nodes) {
        if (WHOLE.matcher(text).matches()) {
            return nodes.numberNode(new BigInteger(text));
        }
        if (DECIMAL.matcher(text).matches()) {
            return nodes.numberNode(new BigDecimal(text));
        }
        return nodes.textNode(text);
    }
}
