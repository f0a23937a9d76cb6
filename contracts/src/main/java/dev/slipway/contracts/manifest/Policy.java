package dev.slipway.contracts.manifest;

import java.util.List;
import java.util.Set;

/**
 * What the operator lets manifests choose.
 *
 * @param regions that may be deployed to
 * @param publicAccess whether a service may be open to everybody
 * @param project the only one whose topics may be named, by its id
 */
public record Policy(Set<String> regions, boolean publicAccess, String project) {
    static final int MOST_VARIABLES = 50;
    static final int LONGEST_VARIABLE_BYTES = 32 * 1024;

    private static final List<String> RESERVED = List.of("PORT", "K_*", "X_GOOGLE_*");
    private static final List<String> RESERVED_IN_BUILD =
            List.of(
                    "PORT",
                    "K_*",
                    "X_GOOGLE_*",
                    "GOOGLE_FUNCTION_*",
                    "GOOGLE_ENTRYPOINT",
                    "GOOGLE_RUNTIME",
                    "GOOGLE_RUNTIME_VERSION");

    /** Copies the set. */
    public Policy {
        regions = Set.copyOf(regions);
    }

    /** The names that the platform keeps for itself, a star for any ending. */
    static List<String> reserved(boolean build) {
        return build ? RESERVED_IN_BUILD : RESERVED;
    }

    static boolean isReserved(String name, boolean build) {
        return reserved(build).stream().anyMatch(pattern -> covers(pattern, name));
    }

    private static boolean covers(String pattern, String name) {
        return pattern.endsWith("*")
                ? name.startsWith(pattern.substring(0, pattern.length() - 1))
                : name.equals(pattern);
    }
}
