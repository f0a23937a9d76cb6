package dev.slipway.local.build.node;

import dev.slipway.local.build.language.Application;
import dev.slipway.local.build.language.BuildFailed;
import dev.slipway.local.build.language.BuildStopped;
import dev.slipway.local.build.language.Folder;
import dev.slipway.local.build.language.Language;
import dev.slipway.local.build.language.Source;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * Node.js functions as Google's buildpacks build them: npm's dependencies without development,
 * {@code gcp-build} or {@code build} where there is such a script, a syntax check of the function's
 * file, and the Functions Framework, installed where the source does not name it.
 */
public final class NodeJs implements Language {
    static final String TARGET = "GOOGLE_FUNCTION_TARGET";
    static final String SIGNATURE = "GOOGLE_FUNCTION_SIGNATURE_TYPE";
    static final String RUNTIME = "GOOGLE_RUNTIME";
    static final String FRAMEWORK = "@google-cloud/functions-framework";
    static final String FRAMEWORK_VERSION = "4.0.1";

    private static final String MODULES = "node_modules";
    private static final String PRODUCTION = "production";
    private static final String STARTED = MODULES + "/" + FRAMEWORK + "/build/src/main.js";
    private static final Set<String> SIGNATURES = Set.of("http", "event", "cloudevent");

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
    public Application build(Source source) throws BuildFailed, BuildStopped, IOException {
        PackageJson packageJson = PackageJson.read(source.directory());
        detect(source, packageJson);
        String version = NodeRuntime.version(source);
        NodeRuntime.compare(source, packageJson, version);
        List<String> scripts = scripts(source, packageJson);
        if (scripts.isEmpty()) {
            checkSyntax(source, packageJson);
        }
        install(source, packageJson, scripts);
        if (!scripts.isEmpty()) {
            checkSyntax(source, packageJson);
        }
        return application(source, version);
    }

    private static void detect(Source source, PackageJson packageJson) throws BuildFailed {
        Optional<String> runtime = source.variable(RUNTIME);
        if (runtime.isPresent()) {
            NodeRuntime.requireNode(runtime.get());
        }
        if (!packageJson.present() && mainFile(source, packageJson).isEmpty()) {
            throw new BuildFailed(
                    "The source has no package.json, index.js or function.js at its root, so it is"
                            + " no Node.js function, and the local cloud builds nodejs only.");
        }
        if (source.variable(TARGET).isEmpty()) {
            throw new BuildFailed(
                    "Not supported yet: a web application without a function. Name the function in"
                            + " slipway.yaml as \"function\".");
        }
        String signature = source.variable(SIGNATURE).orElse("http");
        if (!SIGNATURES.contains(signature)) {
            throw new BuildFailed(
                    SIGNATURE + " is http, event or cloudevent, not " + signature + ".");
        }
        refuseForeignLocks(source);
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
        return names.stream().filter(name -> isInside(source.directory(), name)).findFirst();
    }

    private static boolean isInside(Path directory, String name) {
        if (name.indexOf(0) >= 0) {
            return false;
        }
        Path file = directory.resolve(name).normalize();
        return file.startsWith(directory) && !file.equals(directory) && Files.exists(file);
    }

    private static void install(Source source, PackageJson packageJson, List<String> scripts)
            throws BuildFailed, BuildStopped, IOException {
        Folder.delete(source.directory().resolve(MODULES));
        Npm npm = new Npm(source);
        List<String> framework =
                packageJson.dependencies().containsKey(FRAMEWORK)
                        ? List.of()
                        : List.of(FRAMEWORK + "@" + FRAMEWORK_VERSION);
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

    private static Application application(Source source, String version)
            throws BuildFailed, IOException {
        if (!Files.isRegularFile(source.directory().resolve(STARTED))) {
            throw new BuildFailed(
                    "The version of %s that the source depends on has no build/src/main.js: use 1.9.0 or newer."
                            .formatted(FRAMEWORK));
        }
        String framework =
                PackageJson.read(source.directory().resolve(MODULES).resolve(FRAMEWORK))
                        .version()
                        .orElse("unknown");
        return new Application(
                Workspace.layers(source.directory(), MODULES),
                List.of("node", STARTED),
                Map.of(
                        "FUNCTION_TARGET", source.variable(TARGET).orElse(""),
                        "FUNCTION_SIGNATURE_TYPE", source.variable(SIGNATURE).orElse("http"),
                        "NODE_ENV", source.variable("NODE_ENV").orElse(PRODUCTION)),
                Map.of(
                        "dev.slipway.local.node", "from the PATH of the machine that runs it",
                        "dev.slipway.local.built-with-node", version,
                        "dev.slipway.local.functions-framework", framework));
    }
}
