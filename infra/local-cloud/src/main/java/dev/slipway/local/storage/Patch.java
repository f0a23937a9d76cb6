package dev.slipway.local.storage;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.List;
import java.util.Map;

/** The semantics of a patch: objects are merged, lists replaced, null removes. */
final class Patch {
    private Patch() {}

    static ObjectNode merged(ObjectNode standing, ObjectNode wanted) {
        ObjectNode merged = standing.deepCopy();
        for (Map.Entry<String, JsonNode> one : wanted.properties()) {
            JsonNode was = merged.get(one.getKey());
            if (one.getValue().isNull()) {
                merged.remove(one.getKey());
            } else if (one.getValue() instanceof ObjectNode inner) {
                ObjectNode below = was instanceof ObjectNode object ? object : Json.object();
                merged.set(one.getKey(), merged(below, inner));
            } else {
                merged.set(one.getKey(), one.getValue());
            }
        }
        return merged;
    }

    static void withoutNulls(ObjectNode object) {
        List<String> nulls =
                object.properties().stream()
                        .filter(one -> one.getValue().isNull())
                        .map(Map.Entry::getKey)
                        .toList();
        object.remove(nulls);
        object.forEach(
                value -> {
                    if (value instanceof ObjectNode inner) {
                        withoutNulls(inner);
                    }
                });
    }
}
