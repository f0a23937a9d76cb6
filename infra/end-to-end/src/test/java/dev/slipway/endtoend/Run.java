package dev.slipway.endtoend;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;

/**
 * How a program ran.
 *
 * @param out what it wrote to standard output
 * @param err what it wrote to standard error
 */
record Run(List<String> command, int exit, String out, String err) {
    private static final Duration GRACE = Duration.ofSeconds(30);
    private static final Path NOTHING = Path.of("/dev/null");

    /** Runs a program to its end, or kills it and fails. No shell reads its words. */
    static Run of(
            Path directory, Map<String, String> environment, Duration most, List<String> words)
            throws IOException, InterruptedException {
        Path out = Files.createTempFile("slipway-run-", ".out");
        Path err = Files.createTempFile("slipway-run-", ".err");
        try {
            ProcessBuilder builder =
                    new ProcessBuilder(words)
                            .directory(directory.toFile())
                            .redirectInput(NOTHING.toFile())
                            .redirectOutput(out.toFile())
                            .redirectError(err.toFile());
            builder.environment().putAll(environment);
            Process process = builder.start();
            if (!process.waitFor(most.toMillis(), TimeUnit.MILLISECONDS)) {
                end(process);
                throw new AssertionError(
                        "%s did not end within %s:%n%s%n%s"
                                .formatted(words, most, read(out), read(err)));
            }
            return new Run(words, process.exitValue(), read(out), read(err));
        } finally {
            Files.delete(out);
            Files.delete(err);
        }
    }

    /** What a script waits for ends first, so that it can end what it has started. */
    private static void end(Process process) throws InterruptedException {
        process.descendants().forEach(ProcessHandle::destroy);
        process.destroy();
        if (!process.waitFor(GRACE.toMillis(), TimeUnit.MILLISECONDS)) {
            process.destroyForcibly().waitFor();
        }
    }

    private static String read(Path file) throws IOException {
        return Files.readString(file, StandardCharsets.UTF_8);
    }

    /** This run, if its program ended with this code. */
    Run exits(int code) {
        if (exit != code) {
            throw new AssertionError("expected exit code " + code + ", but " + this);
        }
        return this;
    }

    /** The last line of the output. */
    String lastLine() {
        return out.lines().toList().getLast();
    }

    @Override
    public String toString() {
        return "%s ended with %d:%n%s%n%s".formatted(command, exit, out, err);
    }
}
