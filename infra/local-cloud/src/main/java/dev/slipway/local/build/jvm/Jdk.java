package dev.slipway.local.build.jvm;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * An installed JDK.
 *
 * @param feature the first number of its version, 8 for 1.8
 * @param version as its file {@code release} has it, for example {@code 21.0.4}
 */
record Jdk(Path home, int feature, String version) {
    private static final Pattern VERSION =
            Pattern.compile("JAVA_VERSION=\"?((?:1\\.)?(\\d{1,3})[^\"]{0,40})\"?");

    /** The JDK in this folder; empty where there is none that compiles. */
    static Optional<Jdk> in(Path home) {
        Path release = home.resolve("release");
        if (!Files.isExecutable(home.resolve("bin/javac")) || !Files.isRegularFile(release)) {
            return Optional.empty();
        }
        try (Stream<String> lines = Files.lines(release, StandardCharsets.ISO_8859_1)) {
            return lines.map(VERSION::matcher)
                    .filter(Matcher::matches)
                    .findFirst()
                    .map(line -> new Jdk(home, Integer.parseInt(line.group(2)), line.group(1)));
        } catch (IOException | UncheckedIOException _) {
            return Optional.empty(); // another one may be readable
        }
    }

    Path program(String name) {
        return home.resolve("bin").resolve(name);
    }

    @Override
    public String toString() {
        return version + " (" + home + ")";
    }
}
