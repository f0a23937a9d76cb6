package dev.slipway.cli.flags;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/**
 * A manifest's fields while flags change them, and which flag said what. A field is named with its
 * dots, as problems name it: {@code build.env}.
 */
final class Edit {
    private final ObjectNode fields;
    private final Map<String, String> sayers = new LinkedHashMap<>();

    Edit(ObjectNode fields) {
        this.fields = fields;
    }

    ObjectNode fields() {
        return fields;
    }

    /** The flag that said this field or the one around it, or decided what it has to go with. */
    Optional<String> sayer(String field) {
        for (String around = field; !around.isEmpty(); around = outside(around)) {
            String flag = sayers.get(around);
            if (flag != null) {
                return Optional.of(flag);
            }
        }
        return Optional.empty();
    }

    private static String outside(String field) {
        int end = Math.max(field.lastIndexOf('.'), field.lastIndexOf('['));
        return end < 0 ? "" : field.substring(0, end);
    }

    void text(String field, String value, String flag) {
        put(field, JsonNodeFactory.instance.textNode(value), flag);
    }

    /** A whole number where it is one, so that {@code default} and mistakes stay as written. */
    void number(String field, String value, String flag) {
        put(field, number(value), flag);
    }

    static JsonNode number(String value) {
        return value.matches("[+-]?\\d{1,18}")
                ? JsonNodeFactory.instance.numberNode(Long.parseLong(value))
                : JsonNodeFactory.instance.textNode(value);
    }

    void put(String field, JsonNode value, String flag) {
        int dot = field.indexOf('.');
        ObjectNode around = dot < 0 ? fields : inside(fields, field.substring(0, dot));
        around.set(field.substring(dot + 1), value);
        sayers.put(field, flag);
    }

    void remove(String field) {
        int dot = field.indexOf('.');
        ObjectNode around = dot < 0 ? fields : inside(fields, field.substring(0, dot));
        around.remove(field.substring(dot + 1));
    }

    /** These keys besides or instead of those that stand in a map. */
    void putAll(String field, Map<String, String> texts, String flag) {
        texts.forEach(
                (key, value) -> {
                    map(field).put(key, value);
                    sayers.put(field + "." + key, flag);
                });
    }

    void removeAll(String field, Collection<String> keys) {
        map(field).remove(keys);
    }

    private ObjectNode map(String field) {
        int dot = field.indexOf('.');
        return dot < 0
                ? inside(fields, field)
                : inside(inside(fields, field.substring(0, dot)), field.substring(dot + 1));
    }

    /** What is no map is replaced: the flag counts for more than a mistake in the file. */
    private static ObjectNode inside(ObjectNode around, String field) {
        return around.get(field) instanceof ObjectNode there ? there : around.putObject(field);
    }

    /** One more trigger; the first one takes the place of all that the file names. */
    void trigger(String kind, ObjectNode trigger, String flag) {
        ArrayNode triggers =
                sayers.containsKey("triggers") && fields.get("triggers") instanceof ArrayNode there
                        ? there
                        : fields.putArray("triggers");
        sayers.put("triggers", flag);
        sayers.put("triggers[" + triggers.size() + "]", flag);
        triggers.addObject().set(kind, trigger);
    }
}
