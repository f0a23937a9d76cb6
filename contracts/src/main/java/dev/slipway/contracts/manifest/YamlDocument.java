package dev.slipway.contracts.manifest;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.List;
import java.util.Map;

/**
 * A YAML document as JSON that remembers where everything stood.
 *
 * @param keys where each field's name stands
 * @param values where each field's value starts
 * @param repeated fields that stand there twice
 */
record YamlDocument(
        JsonNode root,
        Map<FieldPath, Place> keys,
        Map<FieldPath, Place> values,
        List<Repeated> repeated) {
    /** A place in the text, both from 1. */
    record Place(int line, int column) {
        static final Place START = new Place(1, 1);
    }

    /** A field's name that stood there before. */
    record Repeated(FieldPath path, Place place) {}

    Place ofKey(FieldPath path) {
        return keys.getOrDefault(path, Place.START);
    }

    Place ofValue(FieldPath path) {
        return values.getOrDefault(path, ofKey(path));
    }
}
