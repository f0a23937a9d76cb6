package dev.slipway.contracts.manifest;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.networknt.schema.AnnotationKeyword;
import com.networknt.schema.JsonMetaSchema;
import com.networknt.schema.JsonNodePath;
import com.networknt.schema.JsonSchema;
import com.networknt.schema.JsonSchemaFactory;
import com.networknt.schema.SpecVersion;
import com.networknt.schema.ValidationMessage;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.List;
import java.util.Objects;

/** {@code slipway.schema.json}, read when it is first needed. */
final class ManifestSchema {
    private static final String FILE = "slipway.schema.json";

    private final JsonNode root;
    private final JsonSchema schema;

    private static final class Holder {
        static final ManifestSchema SCHEMA = new ManifestSchema();
    }

    private ManifestSchema() {
        root = load();
        JsonMetaSchema known =
                JsonMetaSchema.builder(JsonMetaSchema.getV202012())
                        .keyword(new AnnotationKeyword("x-allowed"))
                        .keyword(new AnnotationKeyword("x-supported"))
                        .keyword(new AnnotationKeyword("x-elsewhere"))
                        .build();
        schema =
                JsonSchemaFactory.getInstance(
                                SpecVersion.VersionFlag.V202012,
                                factory -> factory.metaSchema(known))
                        .getSchema(root);
    }

    static ManifestSchema get() {
        return Holder.SCHEMA;
    }

    private static JsonNode load() {
        try (InputStream file =
                Objects.requireNonNull(ManifestSchema.class.getResourceAsStream(FILE), FILE)) {
            return new ObjectMapper().readTree(file);
        } catch (IOException e) {
            throw new UncheckedIOException("the program's own " + FILE + " cannot be read", e);
        }
    }

    Option top() {
        return new Option(root, root);
    }

    /** What the schema says of the place that is named. */
    Option at(JsonNodePath path) {
        Option option = top();
        for (int level = 0; level < path.getNameCount(); level++) {
            Option next =
                    path.getElement(level) instanceof Integer
                            ? option.item()
                            : option.field(path.getName(level));
            option = next.exists() ? next : option;
        }
        return option;
    }

    /** Where the document is not what the schema says. */
    List<ValidationMessage> violations(JsonNode document) {
        return List.copyOf(schema.validate(document));
    }
}
