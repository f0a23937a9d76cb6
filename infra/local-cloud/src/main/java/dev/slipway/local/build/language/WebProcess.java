package dev.slipway.local.build.language;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The command line that a source's owner gave for its web process, in the build variable {@code
 * GOOGLE_ENTRYPOINT} or the {@code Procfile}. A shell runs it where the image is launched, as the
 * launcher of buildpacks has it; nothing of it runs in a build.
 */
public final class WebProcess {
    private static final String ENTRYPOINT = "GOOGLE_ENTRYPOINT";
    private static final String PROCFILE = "Procfile";
    private static final String WEB = "web";
    private static final Pattern PROCESS = Pattern.compile("(?m)^(\\w+):[ \\t]*(\\S.*)$");
    private static final int LARGEST_BYTES = 64 * 1024;

    private WebProcess() {}

    /**
     * The entrypoint that runs the command line; empty where the owner gave none.
     *
     * @throws BuildFailed if there is a {@code Procfile} without a process {@code web}
     */
    public static Optional<List<String>> entrypoint(Source source) throws BuildFailed, IOException {
        Optional<String> asked = source.variable(ENTRYPOINT);
        if (asked.isPresent()) {
            return Optional.of(shell(asked.get(), ENTRYPOINT));
        }
        Path file = source.directory().resolve(PROCFILE);
        return Files.isRegularFile(file)
                ? Optional.of(shell(web(text(file)), PROCFILE))
                : Optional.empty();
    }

    private static String web(String procfile) throws BuildFailed {
        Map<String, String> processes = new LinkedHashMap<>();
        Matcher line = PROCESS.matcher(procfile);
        while (line.find()) {
            processes.putIfAbsent(line.group(1), line.group(2).strip());
        }
        String web = processes.get(WEB);
        if (web == null) {
            throw new BuildFailed(
                    "The Procfile has no process web (%s): add a line \"web: COMMAND\"."
                            .formatted(
                                    processes.isEmpty()
                                            ? "it has none at all"
                                            : "it has " + String.join(", ", processes.keySet())));
        }
        return web;
    }

    private static String text(Path file) throws BuildFailed, IOException {
        try (InputStream content = Files.newInputStream(file)) {
            byte[] bytes = content.readNBytes(LARGEST_BYTES + 1);
            if (bytes.length > LARGEST_BYTES) {
                throw new BuildFailed(
                        "The Procfile is larger than the " + LARGEST_BYTES + " bytes allowed.");
            }
            return new String(bytes, StandardCharsets.UTF_8);
        }
    }

    private static List<String> shell(String line, String where) throws BuildFailed {
        if (line.indexOf(0) >= 0) {
            throw new BuildFailed("The command line of " + where + " has a character 0.");
        }
        return List.of("bash", "-c", line);
    }
}
