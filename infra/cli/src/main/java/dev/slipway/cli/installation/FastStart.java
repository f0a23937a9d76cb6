package dev.slipway.cli.installation;

import dev.slipway.contracts.Digest;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * Starts a program from an archive of its classes (class data sharing), in half the time. An
 * archive fits one build, one JVM and one set of flags, which its name tells apart; the JVM itself
 * refuses any other. Where there is none the program lists the classes that it loads, and the
 * script {@code slipway} makes the archive from that list once the program has ended.
 *
 * @param makes whether archives are made; those that are there are used in any case
 */
record FastStart(boolean makes) {
    private static final List<String> CLASS_PATH = List.of("lib", "app", "quarkus");
    private static final int KEY_LENGTH = 16;

    /** Whoever reads the program's log need not know that an archive was refused. */
    private static final List<String> SILENT = List.of("-Xlog:cds=off", "-Xlog:aot=off");

    /** As the environment of a command says: who uses only what is built makes nothing. */
    static FastStart in(Map<String, String> environment) {
        return new FastStart(!"never".equals(environment.get("SLIPWAY_BUILD")));
    }

    /**
     * The arguments of {@code java} for this program.
     *
     * @param kept where its archives are
     */
    List<String> arguments(Path jar, List<String> flags, Path kept) {
        List<String> program = Stream.concat(flags.stream(), jar(jar)).toList();
        try {
            String key = key(jar, program);
            Path archive = kept.resolve(key + ".jsa");
            return Files.exists(archive) ? from(archive, program) : listing(kept, key, program);
        } catch (IOException _) {
            return program; // it starts more slowly, as where no archive can be made
        }
    }

    private static Stream<String> jar(Path jar) {
        return Stream.of("-jar", jar.toString());
    }

    private static List<String> from(Path archive, List<String> program) {
        List<String> arguments = new ArrayList<>(SILENT);
        arguments.add("-XX:SharedArchiveFile=" + archive);
        arguments.addAll(program);
        return arguments;
    }

    /** Installations may list the same program's classes at the same time, each in its own file. */
    private List<String> listing(Path kept, String key, List<String> program) throws IOException {
        if (!makes) {
            return program;
        }
        Files.createDirectories(kept);
        forgetOtherBuilds(kept, key);
        Path list = Files.createTempFile(kept, key + ".", ".list");
        Files.writeString(kept.resolve(key + ".arguments"), argumentFile(program));
        List<String> arguments = new ArrayList<>();
        arguments.add("-XX:DumpLoadedClassList=" + list);
        arguments.addAll(program);
        return arguments;
    }

    private static void forgetOtherBuilds(Path kept, String key) throws IOException {
        try (Stream<Path> files = Files.list(kept)) {
            for (Path other : files.filter(file -> !name(file).startsWith(key)).toList()) {
                Files.deleteIfExists(other);
            }
        }
    }

    private static String name(Path file) {
        return String.valueOf(file.getFileName());
    }

    /** As {@code java @file} reads it. */
    static String argumentFile(List<String> arguments) {
        return arguments.stream()
                .map(argument -> argument.replace("\\", "\\\\").replace("\"", "\\\""))
                .map(argument -> "\"" + argument + "\"\n")
                .collect(Collectors.joining());
    }

    private static String key(Path jar, List<String> program) throws IOException {
        StringBuilder all = new StringBuilder();
        all.append(System.getProperty("java.home")).append(System.getProperty("java.vm.version"));
        all.append(program).append(seen(jar));
        for (String part : CLASS_PATH) {
            Path directory = jar.resolveSibling(part);
            if (Files.isDirectory(directory)) {
                try (Stream<Path> files = Files.walk(directory)) {
                    for (Path file : files.filter(Files::isRegularFile).sorted().toList()) {
                        all.append(seen(file));
                    }
                }
            }
        }
        return Digest.of(all.toString()).hex().substring(0, KEY_LENGTH);
    }

    private static String seen(Path file) throws IOException {
        return "\n" + file + " " + Files.size(file) + " " + Files.getLastModifiedTime(file);
    }
}
