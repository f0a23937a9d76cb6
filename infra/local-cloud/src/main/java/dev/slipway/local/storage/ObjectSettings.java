package dev.slipway.local.storage;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.List;

/** What may be chosen of an object, and what its name may be. */
final class ObjectSettings {
    private static final int LONGEST_NAME_BYTES = 1024;
    private static final List<String> FIELDS =
            List.of(
                    "cacheControl",
                    "contentDisposition",
                    "contentEncoding",
                    "contentLanguage",
                    "contentType",
                    "customTime",
                    "metadata");
    private static final List<String> REFUSED =
            List.of(
                    "acl",
                    "contexts",
                    "customerEncryption",
                    "eventBasedHold",
                    "kmsKeyName",
                    "retention",
                    "temporaryHold");

    private ObjectSettings() {}

    /** The name if it may be one: 1 to 1024 bytes of UTF-8 without line ends. */
    static String name(String name) {
        if (name.isEmpty()) {
            throw StorageError.required("name");
        }
        boolean allowed =
                name.getBytes(UTF_8).length <= LONGEST_NAME_BYTES
                        && UTF_8.newEncoder().canEncode(name)
                        && name.chars().noneMatch(c -> c == '\r' || c == '\n' || c == 0)
                        && !name.equals(".")
                        && !name.equals("..")
                        && !name.startsWith(".well-known/acme-challenge/");
        if (!allowed) {
            throw StorageError.invalid(
                    "Invalid object name: 1 to 1024 bytes of UTF-8 without line ends, not . or ..,"
                            + " not below .well-known/acme-challenge/");
        }
        return name;
    }

    static ObjectNode forInsert(ObjectNode wanted) {
        refuse(wanted);
        ObjectNode chosen = wanted.deepCopy();
        chosen.retain(FIELDS);
        Patch.withoutNulls(chosen);
        return texts(chosen);
    }

    static ObjectNode forPatch(ObjectNode standing, ObjectNode wanted) {
        refuse(wanted);
        ObjectNode named = wanted.deepCopy();
        named.retain(FIELDS);
        return texts(Patch.merged(standing, named));
    }

    private static ObjectNode texts(ObjectNode chosen) {
        if (chosen.path("metadata") instanceof ObjectNode metadata) {
            for (var one : List.copyOf(metadata.properties())) {
                metadata.put(one.getKey(), one.getValue().asText());
            }
            if (metadata.isEmpty()) {
                chosen.remove("metadata");
            }
        }
        return chosen;
    }

    private static void refuse(ObjectNode wanted) {
        for (String field : REFUSED) {
            JsonNode value = wanted.path(field);
            boolean absent =
                    value.isMissingNode()
                            || value.isNull()
                            || (value.isContainerNode() && value.isEmpty())
                            || (value.isBoolean() && !value.asBoolean());
            if (!absent) {
                throw StorageError.unimplemented("an object's " + field);
            }
        }
        String storageClass = Json.text(wanted.path("storageClass"), "STANDARD");
        if (!storageClass.equals("STANDARD")) {
            throw StorageError.unimplemented("storage class " + storageClass);
        }
    }
}
