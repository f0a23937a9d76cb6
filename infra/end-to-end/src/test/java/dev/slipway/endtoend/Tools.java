package dev.slipway.endtoend;

import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/** Programs that may be on this machine. */
final class Tools {
    private static final Duration LONGEST = Duration.ofMinutes(1);

    private Tools() {}

    /** Runs the unmodified gcloud as a shell would after {@code eval "$(./slipway up --env)"}. */
    static Run gcloud(Map<String, String> exports, String... words)
            throws IOException, InterruptedException {
        List<String> command = new ArrayList<>(List.of("gcloud"));
        command.addAll(List.of(words));
        return Run.of(Installation.checkout(), exports, LONGEST, command).exits(0);
    }

    static boolean installed(String program) {
        return Stream.of(System.getenv("PATH").split(File.pathSeparator, -1))
                .anyMatch(directory -> Files.isExecutable(Path.of(directory, program)));
    }
}
