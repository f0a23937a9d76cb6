package dev.slipway.local.build.language;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * Tells which language a source is in: the one of the runtime that was asked for, else the first
 * that finds its marks.
 *
 * @param known in the order in which they are looked for. Google's builder looks for Node.js last,
 *     since many sources hold scripts for browsers
 */
public record Languages(List<Language> known) {
    private static final String RUNTIME = "GOOGLE_RUNTIME";
    private static final int MOST_NAMES = 8;

    /** Copies the list. */
    public Languages {
        known = List.copyOf(known);
    }

    /**
     * Builds the source where it lies.
     *
     * @throws BuildFailed if the source, or a program that the build needs, is to blame
     * @throws IOException if this machine's files cannot be read or written
     * @throws BuildStopped if somebody stopped the build
     */
    public Application build(Source source) throws BuildFailed, BuildStopped, IOException {
        Optional<String> runtime = source.variable(RUNTIME);
        Language language = runtime.isPresent() ? asked(runtime.get()) : detected(source);
        return language.build(source);
    }

    private Language asked(String runtime) throws BuildFailed {
        String id = runtime.replaceFirst("\\d{0,4}$", "");
        return known.stream()
                .filter(language -> language.id().equals(id))
                .findFirst()
                .orElseThrow(
                        () ->
                                new BuildFailed(
                                        ("The runtime %s was asked for, but the local cloud builds %s only."
                                                        + " Leave the runtime out, or deploy this source to Google Cloud.")
                                                .formatted(runtime, ids())));
    }

    private Language detected(Source source) throws BuildFailed, IOException {
        Language found = null;
        String first = "";
        for (Language language : known) {
            Optional<String> mark = language.evidence(source.directory());
            if (mark.isPresent() && found != null) {
                source.log()
                        .line(
                                "Found %s and %s: built as %s, as Google's builder does. The runtime chooses otherwise."
                                        .formatted(first, mark.get(), found.id()));
            } else if (mark.isPresent()) {
                found = language;
                first = mark.get();
            }
        }
        if (found == null) {
            throw unknown(source.directory());
        }
        return found;
    }

    private BuildFailed unknown(Path directory) throws IOException {
        String marks =
                known.stream()
                        .map(language -> "%s (%s)".formatted(language.marks(), language.id()))
                        .collect(Collectors.joining(" or "));
        return new BuildFailed(
                "The source's root has no %s, and the local cloud builds %s only. It has: %s."
                        .formatted(marks, ids(), names(directory)));
    }

    private static String names(Path directory) throws IOException {
        try (Stream<Path> children = Files.list(directory)) {
            List<String> names =
                    children.map(
                                    child ->
                                            child.getFileName()
                                                    + (Files.isDirectory(child) ? "/" : ""))
                            .sorted()
                            .toList();
            String shown = String.join(", ", names.subList(0, Math.min(MOST_NAMES, names.size())));
            return names.isEmpty() ? "nothing" : shown + (names.size() > MOST_NAMES ? ", …" : "");
        }
    }

    private String ids() {
        return known.stream().map(Language::id).collect(Collectors.joining(" and "));
    }
}
