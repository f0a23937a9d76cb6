package dev.slipway.contracts.manifest;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.MissingNode;
import java.util.ArrayList;
import java.util.List;

/** What the schema says of one place; keywords beside a reference count before the referenced. */
record Option(JsonNode schema, JsonNode root) {
    private static final String HERE = "#";

    JsonNode keyword(String name) {
        JsonNode own = schema.path(name);
        if (!own.isMissingNode() || !schema.has("$ref")) {
            return own;
        }
        String reference = schema.path("$ref").asText().substring(HERE.length());
        return new Option(root.at(reference), root).keyword(name);
    }

    boolean exists() {
        return !schema.isMissingNode();
    }

    Option field(String name) {
        JsonNode named = keyword("properties").path(name);
        JsonNode any = keyword("additionalProperties");
        if (named.isMissingNode() && any.isObject()) {
            return new Option(any, root);
        }
        return new Option(named, root);
    }

    Option item() {
        JsonNode items = keyword("items");
        return new Option(items.isObject() ? items : MissingNode.getInstance(), root);
    }

    /** Whether every field has to be one that the schema names. */
    boolean isClosed() {
        return keyword("additionalProperties").isBoolean();
    }

    List<String> fields() {
        List<String> names = new ArrayList<>();
        keyword("properties").fieldNames().forEachRemaining(names::add);
        return names;
    }

    /** Whether a field can be used today. */
    boolean offers(String name) {
        return field(name).isSupported() && !field(name).isElsewhere();
    }

    boolean isSupported() {
        return keyword("x-supported").asBoolean(true);
    }

    boolean isElsewhere() {
        return !keyword("x-elsewhere").isMissingNode();
    }

    boolean isMap() {
        return keyword("type").asText().equals("object");
    }

    String allowed() {
        return keyword("x-allowed").asText();
    }

    String elsewhere() {
        return keyword("x-elsewhere").asText();
    }
}
