package dev.slipway.local.build.jvm;

import dev.slipway.local.build.language.BuildFailed;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Properties;
import java.util.jar.Attributes;
import java.util.jar.JarFile;
import java.util.jar.Manifest;
import java.util.stream.Stream;
import java.util.zip.ZipEntry;

/** The jars of a source. */
final class Jars {
    /** Where Google looks for a jar that can be started, in this order; the last is the root. */
    private static final List<String> FOLDERS = List.of("target", "build", "build/libs", "");

    private static final String CLASS = ".class";

    private Jars() {}

    /** The jars in a folder, by name. */
    static List<Path> in(Path folder) throws IOException {
        if (!Files.isDirectory(folder)) {
            return List.of();
        }
        try (Stream<Path> files = Files.list(folder)) {
            return files.filter(file -> file.toString().endsWith(".jar"))
                    .filter(Files::isRegularFile)
                    .sorted()
                    .toList();
        }
    }

    /**
     * The one jar with a main class.
     *
     * @throws BuildFailed if there is none, or more than one in the first folder that has any
     */
    static Path executable(Path directory) throws BuildFailed, IOException {
        List<String> seen = new ArrayList<>();
        for (String folder : FOLDERS) {
            List<Path> executables = new ArrayList<>();
            for (Path jar : in(directory.resolve(folder))) {
                seen.add(directory.relativize(jar).toString());
                if (attribute(jar, Attributes.Name.MAIN_CLASS).isPresent()) {
                    executables.add(jar);
                }
            }
            if (executables.size() > 1) {
                throw new BuildFailed(
                        "More than one jar has a Main-Class: %s. Say in a Procfile which to start: \"web: java -jar …\"."
                                .formatted(names(directory, executables)));
            }
            if (!executables.isEmpty()) {
                return executables.getFirst();
            }
        }
        throw new BuildFailed(
                ("There is nothing to start: tried Procfile, then the jars in target, build, build/libs and the root,"
                                + " but %s. Have Maven write a Main-Class into its jar, with all that it needs,"
                                + " or add a Procfile (\"web: COMMAND\"), or name a function.")
                        .formatted(
                                seen.isEmpty()
                                        ? "there is none"
                                        : "no Main-Class is in " + String.join(", ", seen)));
    }

    /**
     * The jar that Maven built of the source itself.
     *
     * @throws BuildFailed if it is not clear which
     */
    static Path built(Path directory) throws BuildFailed, IOException {
        List<Path> jars =
                in(directory.resolve("target")).stream().filter(jar -> !isBesides(jar)).toList();
        if (jars.size() == 1) {
            return jars.getFirst();
        }
        Optional<Path> named = named(directory.resolve("target")).filter(jars::contains);
        return named.orElseThrow(
                () ->
                        new BuildFailed(
                                jars.isEmpty()
                                        ? "Maven built no jar into target: a function needs <packaging>jar</packaging>,"
                                                + " in the pom.xml at the source's root."
                                        : "Maven built more than one jar: %s. One of them has to be ARTIFACT-VERSION.jar."
                                                .formatted(names(directory, jars))));
    }

    /** What plugins put beside the jar. */
    private static boolean isBesides(Path jar) {
        String name = jar.getFileName().toString();
        return name.startsWith("original-")
                || Stream.of("-sources.jar", "-javadoc.jar", "-tests.jar").anyMatch(name::endsWith);
    }

    private static Optional<Path> named(Path target) throws IOException {
        Path file = target.resolve("maven-archiver/pom.properties");
        if (!Files.isRegularFile(file)) {
            return Optional.empty();
        }
        Properties built = new Properties();
        try (var content = Files.newInputStream(file)) {
            built.load(content);
        }
        return Optional.of(
                target.resolve(
                        built.getProperty("artifactId", "")
                                + "-"
                                + built.getProperty("version", "")
                                + ".jar"));
    }

    /** An attribute of the manifest; a file that is no jar has none. */
    static Optional<String> attribute(Path jar, Attributes.Name name) {
        try (JarFile file = new JarFile(jar.toFile(), false)) {
            Manifest manifest = file.getManifest();
            return manifest == null
                    ? Optional.empty()
                    : Optional.ofNullable(manifest.getMainAttributes().getValue(name));
        } catch (IOException _) {
            return Optional.empty();
        }
    }

    static boolean hasClass(Path jar, String name) throws IOException {
        try (JarFile file = new JarFile(jar.toFile(), false)) {
            return file.getEntry(name.replace('.', '/') + CLASS) != null;
        }
    }

    /** The classes of a jar that stand in no other. */
    static List<String> classes(Path jar) throws IOException {
        try (JarFile file = new JarFile(jar.toFile(), false)) {
            return file.stream()
                    .map(ZipEntry::getName)
                    .filter(name -> name.endsWith(CLASS) && name.indexOf('$') < 0)
                    .filter(name -> !name.startsWith("META-INF/"))
                    .map(name -> name.substring(0, name.length() - CLASS.length()))
                    .map(name -> name.replace('/', '.'))
                    .sorted()
                    .toList();
        }
    }

    private static String names(Path directory, List<Path> jars) {
        return String.join(
                ", ", jars.stream().map(jar -> directory.relativize(jar).toString()).toList());
    }
}
