package dev.slipway.archive;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

/**
 * What stays at home when a folder is packed, as gcloud decides it: {@code .gcloudignore} alone
 * where there is one, otherwise git's files and what {@code .gitignore} says where git is in use,
 * otherwise nothing. {@code node_modules} always stays at home.
 */
final class IgnoreRules {
    private static final String GCLOUD = ".gcloudignore";
    private static final String GIT = ".gitignore";
    private static final String INCLUDE = "#!include:";
    private static final long LONGEST = 1 << 20;

    private final List<IgnorePattern> patterns;

    private IgnoreRules(Stream<String> lines) {
        this.patterns = lines.flatMap(line -> IgnorePattern.of(line).stream()).toList();
    }

    static IgnoreRules of(Path folder) throws IOException {
        List<String> lines = new ArrayList<>();
        if (Files.isRegularFile(folder.resolve(GCLOUD))) {
            addAll(lines, folder, GCLOUD, true);
        } else if (Files.exists(folder.resolve(".git"))
                || Files.isRegularFile(folder.resolve(GIT))) {
            lines.addAll(List.of(GCLOUD, ".git", GIT));
            addAll(lines, folder, GIT, false);
        }
        lines.add("node_modules");
        return new IgnoreRules(lines.stream());
    }

    static IgnoreRules ofLines(String... lines) {
        return new IgnoreRules(Stream.of(lines));
    }

    /** The last line that matches decides; the caller does not look into excluded folders. */
    boolean excludes(String path, boolean folder) {
        for (IgnorePattern pattern : patterns.reversed()) {
            if (pattern.matches(path, folder)) {
                return !pattern.negated();
            }
        }
        return false;
    }

    private static void addAll(List<String> lines, Path folder, String name, boolean including)
            throws IOException {
        Path file = folder.resolve(name);
        if (!Files.isRegularFile(file)) {
            return;
        }
        if (Files.size(file) > LONGEST) {
            throw new IOException(name + " has more than " + LONGEST + " bytes");
        }
        for (String line : Files.readAllLines(file)) {
            if (!line.startsWith(INCLUDE)) {
                lines.add(line);
            } else if (including) {
                include(lines, folder, name, line.substring(INCLUDE.length()).strip());
            }
        }
    }

    /** One level deep and from the same folder, as gcloud reads it. */
    private static void include(List<String> lines, Path folder, String by, String name)
            throws IOException {
        if (name.isEmpty() || name.contains("/") || name.contains("\\") || name.startsWith("..")) {
            throw new IOException(
                    by + " includes " + Display.of(name) + ", which is no file in its own folder");
        }
        addAll(lines, folder, name, false);
    }
}
