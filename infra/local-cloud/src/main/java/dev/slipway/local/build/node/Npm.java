package dev.slipway.local.build.node;

import dev.slipway.local.build.language.BuildFailed;
import dev.slipway.local.build.language.BuildStopped;
import dev.slipway.local.build.language.Source;
import java.io.IOException;
import java.nio.file.Files;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;

/** What is asked of npm. */
final class Npm {
    private static final List<String> QUIET =
            List.of(
                    "--loglevel=warn",
                    "--no-fund",
                    "--no-audit",
                    "--no-progress",
                    "--no-update-notifier");

    private final Source source;

    Npm(Source source) {
        this.source = source;
    }

    /** Whether the source pins its dependencies in npm's own form. */
    boolean isLocked() {
        return Files.isRegularFile(source.directory().resolve("package-lock.json"))
                || Files.isRegularFile(source.directory().resolve("npm-shrinkwrap.json"));
    }

    /**
     * Installs what the source depends on.
     *
     * @param ownScripts whether the source has scripts of its own that run when it is installed;
     *     npm leaves them out while it installs packages by name
     * @param nodeEnv {@code production} leaves development dependencies out
     * @param besides packages that the source does not name, {@code NAME@VERSION}
     */
    void install(String nodeEnv, boolean ownScripts, List<String> besides)
            throws BuildFailed, BuildStopped, IOException {
        if (isLocked()) {
            run(nodeEnv, "npm", "ci");
        } else if (ownScripts || besides.isEmpty()) {
            run(nodeEnv, "npm", "install", "--no-save");
        } else {
            add(nodeEnv, besides);
            return;
        }
        if (!besides.isEmpty()) {
            add(nodeEnv, besides);
        }
    }

    /** Installs packages besides what is there; {@code package.json} and the lock stay as is. */
    void add(String nodeEnv, List<String> packages) throws BuildFailed, BuildStopped, IOException {
        List<String> command = new ArrayList<>(List.of("npm", "install", "--no-save"));
        command.addAll(packages);
        run(nodeEnv, command.toArray(String[]::new));
    }

    void script(String name, String nodeEnv) throws BuildFailed, BuildStopped, IOException {
        run(nodeEnv, "npm", "run", name);
    }

    void pruneDevelopment() throws BuildFailed, BuildStopped, IOException {
        run("production", "npm", "prune", "--omit=dev");
    }

    private void run(String nodeEnv, String... command)
            throws BuildFailed, BuildStopped, IOException {
        List<String> whole = new ArrayList<>(Arrays.asList(command));
        // Without a prefix npm looks for a package in the folders above.
        whole.addAll(2, List.of("--prefix", "."));
        whole.addAll(QUIET);
        if (!isLocked()) {
            whole.add("--no-package-lock");
        }
        int code = source.commands().run(whole, Map.of("NODE_ENV", nodeEnv));
        if (code != 0) {
            throw new BuildFailed(
                    "%s ended with exit code %d; the log says why."
                            .formatted(String.join(" ", command), code));
        }
    }
}
