package dev.slipway.local.build.jvm;

import dev.slipway.local.build.language.BuildFailed;
import dev.slipway.local.build.language.Source;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Which Java a source asks for, and which one of this machine it gets. */
final class JavaVersion {
    private static final Pattern RUNTIME = Pattern.compile("java(\\d{1,3})");
    private static final Pattern EXACT = Pattern.compile("(?:1\\.)?(\\d{1,3})\\b.*");

    /** What Maven and Spring call the version that is compiled for. */
    private static final Pattern COMPILED_FOR =
            Pattern.compile(
                    "<(?:maven\\.compiler\\.(?:release|target|source)|java\\.version|release|target)>"
                            + "\\s*(?:1\\.)?(\\d{1,3})\\s*</");

    /** What the Functions Framework needs; Google's oldest Java that is still supported. */
    private static final int LEAST = 17;

    private static final int LARGEST_POM_BYTES = 1 << 20;

    private JavaVersion() {}

    /**
     * Chooses a JDK and says in the log which.
     *
     * @throws BuildFailed if there is no JDK
     */
    static Jdk choose(Source source, Jdks jdks) throws BuildFailed, IOException {
        Optional<Integer> asked = asked(source);
        int least = Math.max(LEAST, compiledFor(source.directory().resolve("pom.xml")));
        Jdk chosen =
                jdks.choose(asked, least)
                        .orElseThrow(
                                () ->
                                        new BuildFailed(
                                                "No JDK was found on this machine: looked at JAVA_HOME, the PATH"
                                                        + " and where installers put them. Install one and start"
                                                        + " the local cloud again."));
        if (asked.isPresent() && asked.get() != chosen.feature()) {
            source.log()
                    .line(
                            "WARNING: Java %d was asked for and is not installed; Java %s is used."
                                    .formatted(asked.get(), chosen));
        } else {
            source.log().line("Java " + chosen);
        }
        return chosen;
    }

    private static Optional<Integer> asked(Source source) {
        Optional<String> exact = source.variable("GOOGLE_RUNTIME_VERSION");
        return exact.isPresent()
                ? exact.map(EXACT::matcher).flatMap(JavaVersion::number)
                : source.variable("GOOGLE_RUNTIME")
                        .map(RUNTIME::matcher)
                        .flatMap(JavaVersion::number);
    }

    private static Optional<Integer> number(Matcher form) {
        return form.matches() ? Optional.of(Integer.valueOf(form.group(1))) : Optional.empty();
    }

    /** The greatest number, 0 where the file says none. */
    private static int compiledFor(Path pom) throws IOException {
        if (!Files.isRegularFile(pom)) {
            return 0;
        }
        try (InputStream content = Files.newInputStream(pom)) {
            String text = new String(content.readNBytes(LARGEST_POM_BYTES), StandardCharsets.UTF_8);
            return COMPILED_FOR
                    .matcher(text)
                    .results()
                    .mapToInt(found -> Integer.parseInt(found.group(1)))
                    .max()
                    .orElse(0);
        }
    }
}
