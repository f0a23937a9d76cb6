package dev.slipway.local.build.jvm;

import dev.slipway.local.build.language.BuildFailed;
import dev.slipway.local.build.language.BuildStopped;
import dev.slipway.local.build.language.Source;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.List;
import java.util.Optional;
import java.util.jar.Attributes;

/**
 * A function's jars: its own, what it needs, and the Functions Framework, which loads both.
 *
 * @param framework relative to the source's directory, like the class path
 * @param version of the framework
 */
record JavaFunction(String framework, String version, String classPath) {
    /** Where the jars of an image lie that change least. */
    static final List<String> DEPENDENCIES = List.of("target/dependency", ".functions-framework");

    private static final String MAIN = "com.google.cloud.functions.invoker.runner.Invoker";
    private static final String OWN = ".functions-framework/functions-framework.jar";
    private static final String NAME = Maven.FRAMEWORK.replace(':', '.') + "-";
    private static final int MOST_CLASSES = 8;

    /**
     * Collects them.
     *
     * @throws BuildFailed if the class of the function is in none of them
     */
    static JavaFunction of(Source source, Maven maven, String target)
            throws BuildFailed, BuildStopped, IOException {
        Path directory = source.directory();
        boolean pom = Files.exists(directory.resolve(Java.POM));
        Path jar = pom ? Jars.built(directory) : only(Jars.in(directory));
        maven.copyDependencies(pom);
        List<Path> dependencies = Jars.in(directory.resolve(DEPENDENCIES.getFirst()));
        Path framework = framework(directory, dependencies);
        requireClass(directory, jar, dependencies, target);
        String own = directory.relativize(jar).toString();
        return new JavaFunction(
                directory.relativize(framework).toString(),
                Jars.attribute(framework, Attributes.Name.IMPLEMENTATION_VERSION).orElse("unknown"),
                pom ? own + ":" + DEPENDENCIES.getFirst() + "/*" : own);
    }

    private static Path only(List<Path> jars) throws BuildFailed {
        if (jars.size() != 1) {
            throw new BuildFailed(
                    "The source has no pom.xml and more than one jar at its root: %s."
                            .formatted(jars.stream().map(Path::getFileName).toList()));
        }
        return jars.getFirst();
    }

    /**
     * The source's own version, if it depends on one, wins; else it lies apart from the class path.
     */
    private static Path framework(Path directory, List<Path> dependencies) throws IOException {
        Path copied =
                directory
                        .resolve(DEPENDENCIES.getFirst())
                        .resolve(NAME + Maven.FRAMEWORK_VERSION + ".jar");
        Optional<Path> own =
                dependencies.stream()
                        .filter(jar -> jar.getFileName().toString().startsWith(NAME))
                        .filter(jar -> !jar.equals(copied))
                        .filter(
                                jar ->
                                        Jars.attribute(jar, Attributes.Name.MAIN_CLASS)
                                                .filter(MAIN::equals)
                                                .isPresent())
                        .findFirst();
        if (own.isPresent()) {
            Files.delete(copied);
            return own.get();
        }
        Path apart = directory.resolve(OWN);
        Files.createDirectories(apart.getParent());
        return Files.move(copied, apart, StandardCopyOption.REPLACE_EXISTING);
    }

    private static void requireClass(
            Path directory, Path jar, List<Path> dependencies, String target)
            throws BuildFailed, IOException {
        if (Jars.hasClass(jar, target)) {
            return;
        }
        for (Path dependency : dependencies) {
            if (Files.exists(dependency) && Jars.hasClass(dependency, target)) {
                return;
            }
        }
        List<String> classes = Jars.classes(jar);
        throw new BuildFailed(
                "The build made no class %s, which the function's target names: neither %s nor what it depends on has it. %s."
                        .formatted(
                                target,
                                directory.relativize(jar),
                                classes.isEmpty()
                                        ? "The jar has no class at all"
                                        : "The jar has "
                                                + String.join(
                                                        ", ",
                                                        classes.subList(
                                                                0,
                                                                Math.min(
                                                                        MOST_CLASSES,
                                                                        classes.size())))
                                                + (classes.size() > MOST_CLASSES ? ", …" : "")));
    }
}
