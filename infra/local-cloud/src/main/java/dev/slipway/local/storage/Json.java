package dev.slipway.local.storage;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.io.UncheckedIOException;

/** JSON as it is kept and as it is sent. */
final class Json {
    private static final JsonMapper MAPPER =
            JsonMapper.builder().disable(DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES).build();

    private Json() {}

    static ObjectNode object() {
        return MAPPER.createObjectNode();
    }

    static byte[] write(Object value) {
        try {
            return MAPPER.writeValueAsBytes(value);
        } catch (JsonProcessingException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** What this program wrote itself. */
    static <T> T read(byte[] kept, Class<T> type) {
        try {
            return MAPPER.readValue(kept, type);
        } catch (IOException e) {
            throw new UncheckedIOException("a kept " + type.getSimpleName() + " is unreadable", e);
        }
    }

    /** What a caller sent; nothing is an empty object. */
    static ObjectNode parse(byte[] sent) {
        if (sent.length == 0) {
            return object();
        }
        try {
            if (MAPPER.readTree(sent) instanceof ObjectNode object) {
                return object;
            }
        } catch (IOException _) {
            // told below
        }
        throw StorageError.malformed();
    }

    /** The node as text; null where it is absent or null. */
    static String text(JsonNode node, String orElse) {
        return node.isMissingNode() || node.isNull() ? orElse : node.asText();
    }
}
