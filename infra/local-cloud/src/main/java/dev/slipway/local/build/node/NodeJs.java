package dev.slipway.local.build.node;

import dev.slipway.local.build.language.Application;
import dev.slipway.local.build.language.BuildFailed;
import dev.slipway.local.build.language.BuildStopped;
import dev.slipway.local.build.language.Folder;
import dev.slipway.local.build.language.FunctionTarget;
import dev.slipway.local.build.language.Language;
import dev.slipway.local.build.language.Source;
import dev.slipway.local.build.language.WebProcess;
import dev.slipway.local.build.language.Workspace;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;

/**
 * Node.js as Google's buildpacks build it: npm's dependencies without development, {@code
 * gcp-build} or {@code build} where there is such a script; for a function a syntax check of its
 * file and the Functions Framework, installed where the source does not name it.
 */
public final class NodeJs implements Language {
    static final String RUNTIME = "GOOGLE_RUNTIME";
    static final String FRAMEWORK = "@google-cloud/functions-framework";
    static final String FRAMEWORK_VERSION = "4.0.1";

    private static final String MODULES = "node_modules";
    private static final String PRODUCTION = "production";
    private static final String STARTED = MODULES + "/" + FRAMEWORK + "/build/src/main.js";

    /** The image's own programs first, then where a system has its own. */
    private static final String PATH =
            Application.DIRECTORY
                    + "/"
                    + MODULES
                    + "/.bin:/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin";

    /** What npm runs of the package that it installs into. */
    private static final Set<String> INSTALL_SCRIPTS =
            Set.of(
                    "preinstall",
                    "install",
                    "postinstall",
                    "prepublish",
                    "preprepare",
                    "prepare",
                    "postprepare");

    /** A lock of another program, and the program. */
    private static final Map<String, String> FOREIGN_LOCKS =
            Map.of(
                    "yarn.lock", "yarn",
                    "pnpm-lock.yaml", "pnpm",
                    "bun.lock", "bun",
                    "bun.lockb", "bun");

    /** Keeps nothing between builds. */
    public NodeJs() {}

    @Override
    public String id() {
        return "nodejs";
    }

    @Override
    public String marks() {
        return "package.json or *.js";
    }

    @Override
    public Optional<String> evidence(Path directory) throws IOException {
        if (Files.exists(directory.resolve(PackageJson.NAME))) {
            return Optional.of(PackageJson.NAME);
        }
        try (Stream<Path> files = Files.list(directory)) {
            return files.map(file -> file.getFileName().toString())
                    .filter(name -> name.endsWith(".js"))
                    .min(String::compareTo);
        }
    }

    @Override
    public Application build(Source source) throws BuildFailed, BuildStopped, IOException {
        PackageJson packageJson = PackageJson.read(source.directory());
        Optional<FunctionTarget> function = FunctionTarget.of(source);
        refuseForeignLocks(source);
        String version = NodeRuntime.version(source);
        NodeRuntime.compare(source, packageJson, version);
        Map<String, String> labels = new HashMap<>();
        labels.put("dev.slipway.local.node", "from the PATH of the machine that runs it");
        labels.put("dev.slipway.local.built-with-node", version);
        List<String> entrypoint =
                function.isPresent()
                        ? function(source, packageJson, labels)
                        : web(source, packageJson);
        return new Application(
                Workspace.layers(source.directory(), List.of(MODULES)),
                WebProcess.entrypoint(source).orElse(entrypoint),
                environment(source, function),
                labels);
    }

    private static List<String> function(
            Source source, PackageJson packageJson, Map<String, String> labels)
            throws BuildFailed, BuildStopped, IOException {
        List<String> scripts = scripts(source, packageJson);
        if (scripts.isEmpty()) {
            checkSyntax(source, packageJson);
        }
        List<String> framework =
                packageJson.dependencies().containsKey(FRAMEWORK)
                        ? List.of()
                        : List.of(FRAMEWORK + "@" + FRAMEWORK_VERSION);
        install(source, packageJson, scripts, framework);
        if (!scripts.isEmpty()) {
            checkSyntax(source, packageJson);
        }
        labels.put("dev.slipway.local.functions-framework", frameworkVersion(source));
        return List.of("node", STARTED);
    }

    /** What there is to start is looked for first: npm needs seconds, and a script may make it. */
    private static List<String> web(Source source, PackageJson packageJson)
            throws BuildFailed, BuildStopped, IOException {
        boolean own = WebProcess.entrypoint(source).isPresent();
        List<String> scripts = scripts(source, packageJson);
        if (!own && scripts.isEmpty()) {
            StartCommand.of(source, packageJson);
        }
        if (packageJson.present()) {
            install(source, packageJson, scripts, List.of());
        }
        return own ? List.of() : StartCommand.of(source, packageJson);
    }

    private static Map<String, String> environment(
            Source source, Optional<FunctionTarget> function) {
        Map<String, String> environment = new HashMap<>();
        environment.put("NODE_ENV", source.variable("NODE_ENV").orElse(PRODUCTION));
        environment.put("PATH", PATH);
        function.map(FunctionTarget::environment).ifPresent(environment::putAll);
        return environment;
    }

    private static void refuseForeignLocks(Source source) throws BuildFailed {
        for (Map.Entry<String, String> lock : FOREIGN_LOCKS.entrySet()) {
            if (Files.exists(source.directory().resolve(lock.getKey()))) {
                throw new BuildFailed(
                        "Not supported yet: %s, by which %s would install. Leave it out and, to"
                                        .formatted(lock.getKey(), lock.getValue())
                                + " pin versions, add a package-lock.json.");
            }
        }
    }

    /** What Google's buildpack runs: the scripts asked for, else gcp-build, else build. */
    private static List<String> scripts(Source source, PackageJson packageJson) {
        String asked = source.environment().get("GOOGLE_NODE_RUN_SCRIPTS");
        if (asked != null) {
            return Arrays.stream(asked.split(",", -1))
                    .map(String::strip)
                    .filter(script -> !script.isEmpty())
                    .toList();
        }
        return List.of("gcp-build", "build").stream()
                .filter(script -> !packageJson.scripts().getOrDefault(script, "").isBlank())
                .limit(1)
                .toList();
    }

    private static void checkSyntax(Source source, PackageJson packageJson)
            throws BuildFailed, BuildStopped, IOException {
        Optional<String> main = mainFile(source, packageJson);
        if (main.isEmpty()) {
            throw new BuildFailed(
                    packageJson
                            .main()
                            .map(name -> name + ", which package.json names as main, is not there.")
                            .orElse(
                                    "The function's file is not there: package.json names no main,"
                                            + " and neither index.js nor function.js exists."));
        }
        int code = source.commands().run(List.of("node", "--check", "./" + main.get()), Map.of());
        if (code != 0) {
            throw new BuildFailed(
                    main.get() + " has an error of syntax; the log says in which line.");
        }
    }

    private static Optional<String> mainFile(Source source, PackageJson packageJson) {
        List<String> names =
                packageJson
                        .main()
                        .map(List::of)
                        .orElseGet(() -> List.of("index.js", "function.js"));
        return names.stream()
                .filter(
                        name ->
                                Inside.file(source.directory(), name)
                                        .filter(Files::exists)
                                        .isPresent())
                .findFirst();
    }

    private static void install(
            Source source, PackageJson packageJson, List<String> scripts, List<String> framework)
            throws BuildFailed, BuildStopped, IOException {
        Folder.delete(source.directory().resolve(MODULES));
        Npm npm = new Npm(source);
        String nodeEnv = source.variable("NODE_ENV").orElse(PRODUCTION);
        if (scripts.isEmpty()) {
            npm.install(nodeEnv, hasInstallScripts(source, packageJson), framework);
            return;
        }
        String building = source.variable("NODE_ENV").orElse("development");
        npm.install(building, true, List.of());
        for (String script : scripts) {
            npm.script(script, building);
        }
        if (packageJson.hasDevDependencies() && nodeEnv.equals(PRODUCTION)) {
            npm.pruneDevelopment();
        }
        if (!framework.isEmpty()) {
            npm.add(nodeEnv, framework);
        }
    }

    private static boolean hasInstallScripts(Source source, PackageJson packageJson) {
        return packageJson.scripts().keySet().stream().anyMatch(INSTALL_SCRIPTS::contains)
                || Files.exists(source.directory().resolve("binding.gyp"));
    }

    private static String frameworkVersion(Source source) throws BuildFailed, IOException {
        if (!Files.isRegularFile(source.directory().resolve(STARTED))) {
            throw new BuildFailed(
                    "The version of %s that the source depends on has no build/src/main.js: use 1.9.0 or newer."
                            .formatted(FRAMEWORK));
        }
        return PackageJson.read(source.directory().resolve(MODULES).resolve(FRAMEWORK))
                .version()
                .orElse("unknown");
    }
}
