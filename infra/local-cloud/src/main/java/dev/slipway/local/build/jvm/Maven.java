package dev.slipway.local.build.jvm;

import dev.slipway.local.build.language.BuildFailed;
import dev.slipway.local.build.language.BuildStopped;
import dev.slipway.local.build.language.Source;
import java.io.IOException;
import java.nio.file.Files;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** What is asked of Maven. */
final class Maven {
    static final String FRAMEWORK = "com.google.cloud.functions.invoker:java-function-invoker";
    static final String FRAMEWORK_VERSION = "2.0.0";

    /** Google's arguments; its own variable replaces them. */
    private static final List<String> PACKAGE =
            List.of("clean", "package", "--batch-mode", "-DskipTests", "-Dhttp.keepAlive=false");

    private static final String DEPENDENCIES =
            "org.apache.maven.plugins:maven-dependency-plugin:3.8.1:";
    private static final String OPTIONS = "MAVEN_OPTS";

    /**
     * Maven runs for seconds: what the JVM's second compiler and parallel collector cost, they do
     * not win back. The last one is Google's, against a warning of older Mavens.
     */
    private static final String SHORT_LIVED =
            "-XX:TieredStopAtLevel=1 -XX:+UseSerialGC -Xshare:auto"
                    + " --add-opens=java.base/java.lang=ALL-UNNAMED";

    private final Source source;
    private final MavenSettings settings;
    private final Jdk jdk;

    Maven(Source source, MavenSettings settings, Jdk jdk) {
        this.source = source;
        this.settings = settings;
        this.jdk = jdk;
    }

    /**
     * Builds the source.
     *
     * @throws BuildFailed also if there is no Maven
     */
    void build() throws BuildFailed, BuildStopped, IOException {
        if (Files.exists(source.directory().resolve("mvnw"))) {
            source.log()
                    .line("The source's mvnw is not run, it downloads a Maven: this machine's is.");
        }
        List<String> arguments = new ArrayList<>(words("GOOGLE_MAVEN_BUILD_ARGS"));
        if (arguments.isEmpty()) {
            arguments.addAll(PACKAGE);
            arguments.addAll(words("GOOGLE_BUILD_ARGS"));
        }
        run(arguments);
    }

    /**
     * Puts the Functions Framework into {@code target/dependency}, and what the source needs when
     * it runs, where there is a pom.
     */
    void copyDependencies(boolean pom) throws BuildFailed, BuildStopped, IOException {
        Stream<String> goals =
                pom
                        ? Stream.of(
                                DEPENDENCIES + "copy-dependencies",
                                DEPENDENCIES + "copy",
                                "-DincludeScope=runtime")
                        : Stream.of(DEPENDENCIES + "copy");
        run(
                Stream.concat(
                                goals,
                                Stream.of(
                                        "-Dmdep.prependGroupId=true",
                                        "-Dartifact=%s:%s".formatted(FRAMEWORK, FRAMEWORK_VERSION),
                                        "--batch-mode"))
                        .toList());
    }

    private List<String> words(String variable) {
        return source.variable(variable).stream()
                .flatMap(text -> Arrays.stream(text.strip().split("\\s+")))
                .toList();
    }

    private void run(List<String> arguments) throws BuildFailed, BuildStopped, IOException {
        if (!source.commands().has("mvn")) {
            throw new BuildFailed(
                    "mvn is not on this machine's PATH: install Maven and start the local cloud"
                            + " again.");
        }
        List<String> command = new ArrayList<>(List.of("mvn"));
        command.addAll(arguments);
        command.addAll(List.of("--quiet", "--no-transfer-progress", "-Dstyle.color=never"));
        int code = source.commands().run(command, settings.arguments(), variables());
        if (code != 0) {
            throw new BuildFailed(
                    "mvn %s ended with exit code %d on Java %d; the log says why."
                            .formatted(shown(arguments), code, jdk.feature()));
        }
    }

    private static String shown(List<String> arguments) {
        return arguments.stream()
                .filter(argument -> !argument.startsWith("-"))
                .map(argument -> argument.replace(DEPENDENCIES, "dependency:"))
                .collect(Collectors.joining(" "));
    }

    /** The build's own options come last, so that they win over this machine's. */
    private Map<String, String> variables() {
        Map<String, String> variables = new TreeMap<>(settings.variables());
        source.variable("MAVEN_ARGS").ifPresent(own -> variables.put("MAVEN_ARGS", own));
        variables.put("JAVA_HOME", jdk.home().toString());
        variables.put(
                OPTIONS,
                Stream.of(
                                SHORT_LIVED,
                                settings.variables().getOrDefault(OPTIONS, ""),
                                source.variable(OPTIONS).orElse(""))
                        .filter(options -> !options.isBlank())
                        .collect(Collectors.joining(" ")));
        return variables;
    }
}
