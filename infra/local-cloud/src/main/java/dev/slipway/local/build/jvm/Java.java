package dev.slipway.local.build.jvm;

import dev.slipway.local.build.language.Application;
import dev.slipway.local.build.language.BuildFailed;
import dev.slipway.local.build.language.BuildStopped;
import dev.slipway.local.build.language.FunctionTarget;
import dev.slipway.local.build.language.Language;
import dev.slipway.local.build.language.Source;
import dev.slipway.local.build.language.WebProcess;
import dev.slipway.local.build.language.Workspace;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * Java as Google's buildpacks build it: Maven, or a jar that is there already; then the Functions
 * Framework with the function's class path, or the one jar that can be started.
 */
public final class Java implements Language {
    static final String POM = "pom.xml";

    private static final List<String> GRADLE =
            List.of("build.gradle", "build.gradle.kts", "settings.gradle", "settings.gradle.kts");

    private final Jdks jdks;
    private final MavenSettings maven;

    /**
     * Builds with this machine's JDKs and Maven.
     *
     * @param host this process's variables
     * @param userHome where Maven's settings and local repository are
     * @param buildHome the home of builds
     */
    public Java(Map<String, String> host, Path userHome, Path buildHome) {
        this.jdks = Jdks.find(host, userHome, Path.of(System.getProperty("java.home", "/")));
        this.maven = MavenSettings.of(host, userHome, buildHome);
    }

    /** The passwords in Maven's settings, which must not stand in a log. */
    public List<String> secrets() {
        return maven.secrets();
    }

    @Override
    public String id() {
        return "java";
    }

    @Override
    public String marks() {
        return "pom.xml or *.jar";
    }

    @Override
    public Optional<String> evidence(Path directory) throws IOException {
        Optional<String> named =
                Stream.concat(Stream.of(POM), GRADLE.stream())
                        .filter(name -> Files.exists(directory.resolve(name)))
                        .findFirst();
        if (named.isPresent()) {
            return named;
        }
        try (Stream<Path> files = Files.list(directory)) {
            return files.map(file -> file.getFileName().toString())
                    .filter(name -> name.endsWith(".jar") || name.endsWith(".java"))
                    .min(String::compareTo);
        }
    }

    @Override
    public Application build(Source source) throws BuildFailed, BuildStopped, IOException {
        boolean pom = Files.exists(source.directory().resolve(POM));
        if (!pom) {
            refuseWhatIsNotDone(source.directory());
        }
        Optional<FunctionTarget> function = FunctionTarget.of(source);
        Optional<List<String>> process = WebProcess.entrypoint(source);
        Jdk jdk = JavaVersion.choose(source, jdks);
        Maven own = new Maven(source, maven, jdk);
        if (pom) {
            own.build();
        }
        Map<String, String> labels = new HashMap<>();
        labels.put("dev.slipway.local.java", "from the machine that runs it: " + jdks.java(jdk));
        labels.put("dev.slipway.local.built-with-java", jdk.version());
        List<String> entrypoint =
                function.isPresent()
                        ? function(source, own, function.get(), jdk, labels)
                        : process.isPresent() ? List.of() : jar(source.directory(), jdk);
        return new Application(
                Workspace.layers(source.directory(), JavaFunction.DEPENDENCIES),
                process.map(line -> withJava(line, jdk)).orElse(entrypoint),
                environment(function, jdk),
                labels);
    }

    private static void refuseWhatIsNotDone(Path directory) throws BuildFailed, IOException {
        for (String name : GRADLE) {
            if (Files.exists(directory.resolve(name))) {
                throw new BuildFailed(
                        "Not supported yet: %s, by which Gradle would build. Add a pom.xml, by which Maven builds."
                                .formatted(name));
            }
        }
        if (Jars.in(directory).isEmpty()) {
            throw new BuildFailed(
                    "The source has neither a pom.xml nor a jar at its root, so nothing says how to"
                            + " build Java. Add a pom.xml.");
        }
    }

    private List<String> function(
            Source source, Maven own, FunctionTarget function, Jdk jdk, Map<String, String> labels)
            throws BuildFailed, BuildStopped, IOException {
        JavaFunction jars = JavaFunction.of(source, own, function.name());
        labels.put("dev.slipway.local.functions-framework", jars.version());
        return List.of(jdks.java(jdk), "-jar", jars.framework(), "--classpath", jars.classPath());
    }

    private List<String> jar(Path directory, Jdk jdk) throws BuildFailed, IOException {
        return List.of(
                jdks.java(jdk),
                "-jar",
                directory.relativize(Jars.executable(directory)).toString());
    }

    /** A line of its owner's finds the Java that it was built with. */
    private List<String> withJava(List<String> shell, Jdk jdk) {
        return jdks.isOnPath(jdk)
                ? shell
                : List.of(
                        "bash",
                        "-c",
                        "PATH=\"$JAVA_HOME/bin:$PATH\" exec bash -c \"$1\"",
                        "web",
                        shell.getLast());
    }

    private Map<String, String> environment(Optional<FunctionTarget> function, Jdk jdk) {
        Map<String, String> environment = new HashMap<>();
        if (!jdks.isOnPath(jdk)) {
            environment.put("JAVA_HOME", jdk.home().toString());
        }
        function.map(FunctionTarget::environment).ifPresent(environment::putAll);
        return environment;
    }
}
