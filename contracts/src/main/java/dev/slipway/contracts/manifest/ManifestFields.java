package dev.slipway.contracts.manifest;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.Optional;

/** A manifest's fields as they are written, before anything is held against the schema. */
public final class ManifestFields {
    private ManifestFields() {}

    /**
     * The fields, to be changed and written again as JSON, which is YAML too. Nothing where the
     * text is no map: {@link ManifestReader} says why.
     *
     * @param yaml none gives no fields
     */
    public static Optional<ObjectNode> of(byte[] yaml) {
        if (yaml.length > ManifestReader.LONGEST_BYTES) {
            return Optional.empty();
        }
        try {
            return Optional.of(YamlParser.parse(yaml).root())
                    .filter(ObjectNode.class::isInstance)
                    .map(ObjectNode.class::cast);
        } catch (UnreadableYaml _) {
            return Optional.empty();
        }
    }
}
