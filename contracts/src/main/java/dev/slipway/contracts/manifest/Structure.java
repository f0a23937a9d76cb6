package dev.slipway.contracts.manifest;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.networknt.schema.JsonNodePath;
import com.networknt.schema.ValidationMessage;
import java.util.List;
import java.util.Map;

/** Holds a document against the schema, and takes out what is reported so that it counts once. */
final class Structure {
    private static final int FEW = 12;

    private final ManifestSchema schema;
    private final Problems problems;

    Structure(ManifestSchema schema, Problems problems) {
        this.schema = schema;
        this.problems = problems;
    }

    /** Gives back the fields that can be looked at further. */
    ObjectNode check(JsonNode root) {
        if (!(root instanceof ObjectNode fields)) {
            problems.value(FieldPath.ROOT, root, schema.top().allowed());
            return JsonNodeFactory.instance.objectNode();
        }
        walk(schema.top(), fields, FieldPath.ROOT);
        for (ValidationMessage violation : schema.violations(fields)) {
            report(violation, fields);
        }
        return fields;
    }

    private void walk(Option option, JsonNode node, FieldPath path) {
        if (node instanceof ObjectNode map && option.isClosed()) {
            for (Map.Entry<String, JsonNode> field : List.copyOf(map.properties())) {
                FieldPath inside = path.field(field.getKey());
                if (!keep(option, map, field, inside)) {
                    map.remove(field.getKey());
                }
            }
        } else if (node instanceof ArrayNode list) {
            for (int index = 0; index < list.size(); index++) {
                walk(option.item(), list.get(index), path.item(index));
            }
        }
    }

    private boolean keep(
            Option around, ObjectNode map, Map.Entry<String, JsonNode> field, FieldPath path) {
        Option option = around.field(field.getKey());
        if (!option.exists()) {
            problems.field(path, unknown(field.getKey(), around));
        } else if (option.isElsewhere()) {
            problems.field(path, "is no field of a manifest: " + option.elsewhere());
        } else {
            if (!option.isSupported()) {
                problems.notYet(path);
            }
            return keepValue(option, map, field, path);
        }
        return false;
    }

    private boolean keepValue(
            Option option, ObjectNode map, Map.Entry<String, JsonNode> field, FieldPath path) {
        if (field.getValue().isNull() && option.isMap()) {
            map.putObject(field.getKey());
            return true;
        }
        walk(option, field.getValue(), path);
        return !field.getValue().isNull();
    }

    private static String unknown(String name, Option around) {
        String sentence = "is no field of a manifest";
        List<String> usable = around.fields().stream().filter(around::offers).toList();
        boolean many = usable.isEmpty() || usable.size() > FEW;
        String few = many ? "" : "; allowed here: " + String.join(", ", usable);
        return sentence
                + Suggestion.of(name, around.fields())
                        .map(close -> "; did you mean " + close + "?")
                        .orElse(few);
    }

    private void report(ValidationMessage violation, ObjectNode fields) {
        JsonNodePath location = violation.getInstanceLocation();
        FieldPath path = path(location);
        Option option = schema.at(location);
        if (violation.getType().equals("propertyNames") && violation.getProperty() != null) {
            problems.field(
                    path.field(violation.getProperty()),
                    "is no name that can be; allowed is " + option.allowed());
        } else {
            problems.value(path, node(fields, location), option.allowed());
        }
    }

    private static FieldPath path(JsonNodePath location) {
        FieldPath path = FieldPath.ROOT;
        for (int level = 0; level < location.getNameCount(); level++) {
            path =
                    location.getElement(level) instanceof Integer index
                            ? path.item(index)
                            : path.field(location.getName(level));
        }
        return path;
    }

    private static JsonNode node(JsonNode root, JsonNodePath location) {
        JsonNode node = root;
        for (int level = 0; level < location.getNameCount(); level++) {
            node =
                    location.getElement(level) instanceof Integer index
                            ? node.path(index)
                            : node.path(location.getName(level));
        }
        return node;
    }
}
