package dev.slipway.local.build.language;

import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;

/**
 * What is built.
 *
 * @param directory the unpacked source; the build may change it
 * @param environment the build's variables, among them {@code GOOGLE_FUNCTION_TARGET} and {@code
 *     GOOGLE_RUNTIME} where they were asked for
 * @param commands runs programs in the directory
 * @param log what people read
 */
public record Source(
        Path directory, Map<String, String> environment, Commands commands, BuildLog log) {
    /** Copies the environment. */
    public Source {
        environment = Map.copyOf(environment);
    }

    /** A build variable that is set to more than blanks. */
    public Optional<String> variable(String name) {
        return Optional.ofNullable(environment.get(name)).filter(value -> !value.isBlank());
    }
}
