package dev.slipway.cli.flags;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.List;

/** {@code --startup-probe httpGet.path=/ready,periodSeconds=5}; an empty value clears it. */
final class Probes {
    private static final String FIELD = "startupProbe";

    private Probes() {}

    static Flag startup() {
        return new Flag(
                List.of("--startup-probe"),
                "KEY=VALUE,...",
                "How Cloud Run finds out that it has started: httpGet.path=/ready,periodSeconds=5.",
                FIELD,
                (edit, flag, values) -> set(edit, flag, values));
    }

    private static void set(Edit edit, String flag, List<String> values) {
        ObjectNode probe = JsonNodeFactory.instance.objectNode();
        KeyValues.map(flag, values)
                .forEach(
                        (key, value) -> {
                            int dot = key.indexOf('.');
                            ObjectNode around =
                                    dot < 0
                                            ? probe
                                            : probe.withObjectProperty(key.substring(0, dot));
                            around.set(key.substring(dot + 1), Edit.number(value));
                        });
        if (probe.isEmpty()) {
            edit.remove(FIELD);
        } else {
            edit.put(FIELD, probe, flag);
        }
    }
}
