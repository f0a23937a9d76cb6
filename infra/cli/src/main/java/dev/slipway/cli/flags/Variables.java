package dev.slipway.cli.flags;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.slipway.cli.terminal.Problem;
import dev.slipway.contracts.manifest.ManifestFields;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/**
 * gcloud's families of options for a map: clear, set, remove and update, applied in this order
 * whatever the order in which they were typed.
 */
final class Variables {
    private static final long LARGEST_FILE_BYTES = 1 << 20;

    private Variables() {}

    /** Of environment variables: {@code --set-env-vars} and those around it. */
    static List<Flag> of(String field, String suffix, String what) {
        return List.of(
                clear("--clear-" + suffix, field, what),
                new Flag(
                        List.of("--" + suffix + "-file"),
                        "FILE",
                        "A YAML file with all " + what + "; others are removed.",
                        field,
                        (edit, flag, values) ->
                                set(edit, field, flag, file(flag, values.getLast()))),
                new Flag(
                        List.of("--set-" + suffix),
                        "KEY=VALUE,...",
                        "All " + what + "; others are removed.",
                        field,
                        (edit, flag, values) ->
                                set(edit, field, flag, KeyValues.map(flag, values))),
                remove("--remove-" + suffix, field, what),
                update(List.of("--update-" + suffix), field, what));
    }

    /** Of labels. */
    static List<Flag> labels() {
        return List.of(
                clear("--clear-labels", "labels", "labels"),
                remove("--remove-labels", "labels", "labels"),
                update(List.of("--labels", "--update-labels"), "labels", "labels"));
    }

    private static Flag clear(String name, String field, String what) {
        return new Flag(
                List.of(name),
                "",
                "Remove the " + what + " that slipway.yaml has.",
                field,
                (edit, flag, values) -> edit.remove(field));
    }

    private static Flag remove(String name, String field, String what) {
        return new Flag(
                List.of(name),
                "KEY,...",
                "Remove these " + what + ".",
                field,
                (edit, flag, values) ->
                        values.forEach(value -> edit.removeAll(field, KeyValues.list(value))));
    }

    private static Flag update(List<String> names, String field, String what) {
        return new Flag(
                names,
                "KEY=VALUE,...",
                "These " + what + ", besides or instead of those in slipway.yaml.",
                field,
                (edit, flag, values) -> edit.putAll(field, KeyValues.map(flag, values), flag));
    }

    private static void set(Edit edit, String field, String flag, Map<String, String> all) {
        edit.remove(field);
        edit.putAll(field, all, flag);
    }

    private static Map<String, String> file(String flag, String name) {
        try {
            Path path = Path.of(name);
            byte[] text = Files.size(path) > LARGEST_FILE_BYTES ? null : Files.readAllBytes(path);
            ObjectNode fields = text == null ? null : ManifestFields.of(text).orElse(null);
            if (fields == null) {
                throw Problem.usage(
                        flag + " " + name + " is no YAML map of names to texts",
                        "Write one line KEY: \"VALUE\" for each.");
            }
            return fields.properties().stream()
                    .collect(Collectors.toMap(Map.Entry::getKey, it -> text(flag, name, it)));
        } catch (IOException e) {
            throw Problem.usage(
                    flag + " " + name + " cannot be read: " + e.getMessage(), "Name a file.");
        }
    }

    private static String text(String flag, String file, Map.Entry<String, JsonNode> variable) {
        if (!variable.getValue().isTextual()) {
            throw Problem.usage(
                    flag + " " + file + ": " + variable.getKey() + " is no text",
                    "Put its value in quotes.");
        }
        return variable.getValue().asText();
    }
}
