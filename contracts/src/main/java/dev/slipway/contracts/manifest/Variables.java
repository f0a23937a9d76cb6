package dev.slipway.contracts.manifest;

import java.nio.charset.StandardCharsets;
import java.util.Map;

/** Environment variables, held against what the platform keeps for itself and can carry. */
final class Variables {
    private Variables() {}

    static Map<String, String> of(Given around, boolean build) {
        Map<String, String> variables = around.texts("env");
        if (variables.size() > Policy.MOST_VARIABLES) {
            around.unfit(
                    "env",
                    "has "
                            + variables.size()
                            + " variables; allowed are at most "
                            + Policy.MOST_VARIABLES);
        }
        Given env = around.inside("env");
        variables.forEach((name, value) -> check(env, name, value, build));
        return variables;
    }

    private static void check(Given env, String name, String value, boolean build) {
        int bytes = bytes(name) + bytes(value);
        if (Policy.isReserved(name, build)) {
            env.problems().field(env.at(name), reserved(build));
        } else if (bytes > Policy.LONGEST_VARIABLE_BYTES) {
            env.unfit(
                    name,
                    "has "
                            + bytes
                            + " bytes with its name; allowed are at most "
                            + Policy.LONGEST_VARIABLE_BYTES);
        } else if (value.indexOf('\0') >= 0) {
            env.unfit(name, "has a NUL character, which no variable can carry");
        }
    }

    /** What a name is told that the platform keeps for itself. */
    static String reserved(boolean build) {
        return "is reserved; allowed is any name but " + String.join(", ", Policy.reserved(build));
    }

    private static int bytes(String text) {
        return text.getBytes(StandardCharsets.UTF_8).length;
    }
}
