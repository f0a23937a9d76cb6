package dev.slipway.local.build.jvm;

import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;

/**
 * The JDKs of this machine.
 *
 * @param onPath the home of the path's {@code java}, whose programs need no path of their own
 */
record Jdks(List<Jdk> installed, Optional<Path> onPath) {
    /** What Google's builder takes where nothing was asked for. */
    private static final int DEFAULT = 21;

    /** Where installers put them, absolute or below the user's home. */
    private static final List<String> FOLDERS =
            List.of(
                    "/usr/lib/jvm",
                    "/opt",
                    ".sdkman/candidates/java",
                    ".jdks",
                    ".asdf/installs/java",
                    ".local/share/mise/installs/java",
                    "/Library/Java/JavaVirtualMachines",
                    "Library/Java/JavaVirtualMachines");

    Jdks {
        installed = List.copyOf(installed);
    }

    /**
     * Looks for them.
     *
     * @param host this process's variables
     * @param own the home of the Java that runs this process
     */
    static Jdks find(Map<String, String> host, Path userHome, Path own) {
        Optional<Path> onPath = onPath(host.getOrDefault("PATH", ""));
        Set<Path> homes = new LinkedHashSet<>();
        onPath.ifPresent(homes::add);
        Optional.ofNullable(host.get("JAVA_HOME"))
                .filter(home -> !home.isBlank())
                .ifPresent(home -> homes.add(Path.of(home)));
        homes.add(own);
        FOLDERS.forEach(folder -> homes.addAll(children(userHome.resolve(folder))));
        return new Jdks(homes.stream().flatMap(home -> Jdk.in(home).stream()).toList(), onPath);
    }

    private static Optional<Path> onPath(String path) {
        return Arrays.stream(path.split(File.pathSeparator, -1))
                .filter(folder -> !folder.isEmpty())
                .map(folder -> Path.of(folder, "java"))
                .filter(Files::isExecutable)
                .findFirst()
                .flatMap(Jdks::home);
    }

    private static Optional<Path> home(Path program) {
        try {
            return Optional.ofNullable(program.toRealPath().getParent()).map(Path::getParent);
        } catch (IOException _) {
            return Optional.empty();
        }
    }

    private static List<Path> children(Path folder) {
        List<Path> homes = new ArrayList<>();
        if (Files.isDirectory(folder)) {
            try (Stream<Path> children = Files.list(folder)) {
                children.sorted()
                        .forEach(
                                child -> {
                                    homes.add(child);
                                    homes.add(child.resolve("Contents/Home"));
                                });
            } catch (IOException _) {
                return homes; // as if it were empty
            }
        }
        return homes;
    }

    /**
     * The version that was asked for, else the next newer one, else the newest. Where none was
     * asked for: Google's default, if it is here, else the oldest that is new enough.
     *
     * @param least the version that the source and the Functions Framework need
     */
    Optional<Jdk> choose(Optional<Integer> asked, int least) {
        int wanted = asked.orElse(least <= DEFAULT && has(DEFAULT) ? DEFAULT : least);
        return installed.stream()
                .filter(jdk -> jdk.feature() >= wanted)
                .min(Comparator.comparingInt(Jdk::feature))
                .or(() -> installed.stream().max(Comparator.comparingInt(Jdk::feature)));
    }

    private boolean has(int feature) {
        return installed.stream().anyMatch(jdk -> jdk.feature() == feature);
    }

    /** How an image names this JDK's {@code java}: as short as this machine's path allows. */
    String java(Jdk jdk) {
        return isOnPath(jdk) ? "java" : jdk.program("java").toString();
    }

    boolean isOnPath(Jdk jdk) {
        return onPath.filter(jdk.home()::equals).isPresent();
    }
}
