package dev.slipway.local.build.node;

import dev.slipway.local.build.language.BuildFailed;
import dev.slipway.local.build.language.Source;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/** How a web application is started whose owner wrote no command line. */
final class StartCommand {
    private static final String START = "start";
    private static final String SERVER = "server.js";
    private static final String INDEX = "index.js";

    private StartCommand() {}

    /**
     * In the order of Google's buildpack: the script {@code start}, {@code server.js} (which npm
     * starts where there is no such script), {@code main}, {@code index.js}.
     *
     * @throws BuildFailed if there is none of them; Google's would fail when it starts
     */
    static List<String> of(Source source, PackageJson packageJson) throws BuildFailed {
        boolean server = has(source.directory(), SERVER);
        if (packageJson.present() && (server || packageJson.scripts().containsKey(START))) {
            return List.of("npm", "run", START);
        }
        Optional<String> main = packageJson.main();
        if (main.isPresent() && has(source.directory(), main.get())) {
            return List.of("node", main.get());
        }
        if (main.isEmpty() && has(source.directory(), INDEX)) {
            return List.of("node", INDEX);
        }
        throw new BuildFailed(
                ("There is nothing to start: tried Procfile, scripts.start of package.json, server.js, %s."
                                + " Add one of them, or name a function in slipway.yaml as \"function\".")
                        .formatted(
                                main.map(name -> "main (" + name + ", which is not there)")
                                        .orElse("main, index.js")));
    }

    private static boolean has(Path directory, String name) {
        return Inside.file(directory, name).filter(Files::exists).isPresent();
    }
}
