package dev.slipway.local.build.language;

import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * The function that a build was asked to serve.
 *
 * @param name what the Functions Framework of the language looks for
 * @param signature {@code http}, {@code cloudevent}, {@code event} or {@code typed}
 */
public record FunctionTarget(String name, String signature) {
    private static final String TARGET = "GOOGLE_FUNCTION_TARGET";
    private static final String SIGNATURE = "GOOGLE_FUNCTION_SIGNATURE_TYPE";
    private static final Set<String> SIGNATURES = Set.of("http", "cloudevent", "event", "typed");

    /**
     * The function; empty for a web application.
     *
     * @throws BuildFailed if the signature is none that the frameworks know
     */
    public static Optional<FunctionTarget> of(Source source) throws BuildFailed {
        Optional<String> target = source.variable(TARGET);
        String signature = source.variable(SIGNATURE).orElse("http");
        if (target.isPresent() && !SIGNATURES.contains(signature)) {
            throw new BuildFailed(
                    SIGNATURE + " is http, cloudevent, event or typed, not " + signature + ".");
        }
        return target.map(name -> new FunctionTarget(name, signature));
    }

    /** What the framework is told when it starts. */
    public Map<String, String> environment() {
        return Map.of("FUNCTION_TARGET", name, "FUNCTION_SIGNATURE_TYPE", signature);
    }
}
