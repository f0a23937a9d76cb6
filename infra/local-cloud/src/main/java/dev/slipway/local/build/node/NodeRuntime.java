package dev.slipway.local.build.node;

import dev.slipway.local.build.language.BuildFailed;
import dev.slipway.local.build.language.BuildStopped;
import dev.slipway.local.build.language.Source;
import java.io.IOException;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The one Node.js that there is, this machine's. Another version that was asked for is told in the
 * log.
 */
final class NodeRuntime {
    private static final Pattern NODE = Pattern.compile("nodejs(\\d{0,3})");

    private NodeRuntime() {}

    /**
     * The version of this machine's Node.js, for example {@code v20.20.2}.
     *
     * @throws BuildFailed if there is no Node.js or no npm
     */
    static String version(Source source) throws BuildFailed, BuildStopped, IOException {
        for (String program : List.of("node", "npm")) {
            if (!source.commands().has(program)) {
                throw new BuildFailed(
                        "%s is not on this machine's PATH: install Node.js, which brings npm, and"
                                        .formatted(program)
                                + " start the local cloud again.");
            }
        }
        return source.commands().ask(List.of("node", "--version"));
    }

    /** Says in the log where the version is not the one that was asked for. */
    static void compare(Source source, PackageJson packageJson, String version) throws IOException {
        Optional<String> runtime = source.variable(NodeJs.RUNTIME).flatMap(NodeRuntime::major);
        Optional<String> exact =
                source.variable("GOOGLE_NODEJS_VERSION")
                        .or(() -> source.variable("GOOGLE_RUNTIME_VERSION"));
        Optional<String> range = exact.or(() -> runtime).or(packageJson::node);
        if (range.isEmpty()) {
            return;
        }
        Optional<Boolean> admitted = EngineRange.admits(range.get(), version);
        if (!admitted.orElse(false)) {
            source.log()
                    .line(
                            "WARNING: Node.js %s was asked for%s; this machine's, %s, is used."
                                    .formatted(
                                            range.get(),
                                            admitted.isEmpty() ? ", which cannot be compared" : "",
                                            version));
        }
    }

    private static Optional<String> major(String runtime) {
        Matcher form = NODE.matcher(runtime);
        return form.matches() && !form.group(1).isEmpty()
                ? Optional.of(form.group(1))
                : Optional.empty();
    }
}
