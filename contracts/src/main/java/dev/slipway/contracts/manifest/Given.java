package dev.slipway.contracts.manifest;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.MissingNode;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/** The fields that stand in a map and are as the schema wants them; the others count as absent. */
record Given(JsonNode map, FieldPath path, Problems problems) {
    boolean has(String name) {
        return !node(name).isMissingNode();
    }

    JsonNode node(String name) {
        JsonNode node = map.path(name);
        return refused(name) && !node.isContainerNode() ? MissingNode.getInstance() : node;
    }

    FieldPath at(String name) {
        return path.field(name);
    }

    Given inside(String name) {
        return new Given(node(name), at(name), problems);
    }

    /** What stands in a list of maps. */
    Stream<Given> items(String name) {
        JsonNode listed = map.path(name);
        return IntStream.range(0, listed.isArray() ? listed.size() : 0)
                .mapToObj(index -> new Given(listed.get(index), at(name).item(index), problems));
    }

    /** Whether something is wrong with it, or inside. */
    boolean refused(String name) {
        return problems.has(at(name));
    }

    String text(String name, String otherwise) {
        return has(name) ? node(name).asText() : otherwise;
    }

    /** The word {@code default} counts as absent. */
    int number(String name, int otherwise) {
        return node(name).isNumber() ? node(name).intValue() : otherwise;
    }

    Map<String, String> texts(String name) {
        Map<String, String> texts = new TreeMap<>();
        for (Map.Entry<String, JsonNode> entry : node(name).properties()) {
            if (!problems.has(at(name).field(entry.getKey()))) {
                texts.put(entry.getKey(), entry.getValue().asText());
            }
        }
        return texts;
    }

    void refuse(String name, String allowed) {
        problems.value(at(name), map.path(name), allowed);
    }

    void unfit(String name, String sentence) {
        problems.unfit(at(name), map.path(name), sentence);
    }
}
