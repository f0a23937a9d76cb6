package dev.slipway.local.build.language;

import java.io.File;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.Reader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * Runs the programs of one build, one after the other, without a shell and with an environment of
 * its own. Nothing that a program started outlives it.
 */
public final class Commands {
    private static final Duration LAST_OUTPUT_WITHIN = Duration.ofSeconds(5);
    private static final int LONGEST_LINE = 8192;
    private static final int LONGEST_ANSWER = 1000;

    private final Path directory;
    private final Map<String, String> environment;
    private final String mark;
    private final BuildLog log;
    private @Nullable Process running;
    private boolean stopped;

    /**
     * Runs nothing yet.
     *
     * @param directory where programs run
     * @param environment all that they see besides a command's own
     * @param mark the value of {@link Family#MARK}, which no other build has
     */
    public Commands(Path directory, Map<String, String> environment, String mark, BuildLog log) {
        this.directory = directory;
        this.environment = Map.copyOf(environment);
        this.mark = mark;
        this.log = log;
    }

    /** Whether a program of this name is on the path that programs are looked for on. */
    public boolean has(String program) {
        return find(program).isPresent();
    }

    /** Java itself would look on this process's path. */
    private Optional<Path> find(String program) {
        return Arrays.stream(environment.getOrDefault("PATH", "").split(File.pathSeparator, -1))
                .filter(folder -> !folder.isEmpty())
                .map(folder -> Path.of(folder, program))
                .filter(file -> Files.isRegularFile(file) && Files.isExecutable(file))
                .findFirst();
    }

    /**
     * Runs a program to its end; what it prints goes to the log, with the directory named as the
     * image will name it.
     *
     * @param own variables of this command alone
     * @return its exit code
     * @throws BuildStopped if the build is stopped; the program and all that it started have ended
     *     then
     */
    public int run(List<String> command, Map<String, String> own) throws BuildStopped, IOException {
        return run(command, List.of(), own);
    }

    /**
     * The same with arguments that say nothing about the source, only about this machine; they do
     * not stand in the log.
     */
    public int run(List<String> command, List<String> besides, Map<String, String> own)
            throws BuildStopped, IOException {
        log.line("+ " + String.join(" ", command));
        String here = directory.toString();
        List<String> whole = Stream.concat(command.stream(), besides.stream()).toList();
        return run(whole, own, line -> log.line(line.replace(here, Application.DIRECTORY)));
    }

    /** The first line that a program prints, or nothing where it fails. */
    public String ask(List<String> command) throws BuildStopped, IOException {
        List<String> lines = new ArrayList<>();
        int code =
                run(
                        command,
                        Map.of(),
                        line -> {
                            if (lines.isEmpty() && line.length() <= LONGEST_ANSWER) {
                                lines.add(line);
                            }
                        });
        return code == 0 && !lines.isEmpty() ? lines.getFirst().strip() : "";
    }

    private int run(List<String> command, Map<String, String> own, Lines lines)
            throws BuildStopped, IOException {
        Process process = start(command, own);
        Thread reading = Thread.ofVirtual().start(() -> copy(process, lines));
        try {
            int code = process.waitFor();
            Family.end(process.toHandle(), mark);
            reading.join(LAST_OUTPUT_WITHIN);
            refuseIfStopped();
            return code;
        } catch (InterruptedException _) {
            Family.end(process.toHandle(), mark);
            Thread.currentThread().interrupt();
            throw new BuildStopped();
        }
    }

    /** To be called between steps that are no programs. */
    public synchronized void refuseIfStopped() throws BuildStopped {
        if (stopped) {
            throw new BuildStopped();
        }
    }

    private synchronized Process start(List<String> command, Map<String, String> own)
            throws BuildStopped, IOException {
        refuseIfStopped();
        List<String> found = new ArrayList<>(command);
        find(command.getFirst()).ifPresent(file -> found.set(0, file.toString()));
        ProcessBuilder builder = new ProcessBuilder(found);
        builder.directory(directory.toFile()).redirectErrorStream(true);
        builder.redirectInput(ProcessBuilder.Redirect.from(new File("/dev/null")));
        builder.environment().clear();
        builder.environment().putAll(new TreeMap<>(environment));
        builder.environment().putAll(own);
        builder.environment().put(Family.MARK, mark);
        running = builder.start();
        return running;
    }

    /** Ends what runs and lets nothing start any more. */
    public void stop() {
        Process last;
        synchronized (this) {
            stopped = true;
            last = running;
        }
        if (last != null) {
            Family.end(last.toHandle(), mark);
        }
    }

    @FunctionalInterface
    private interface Lines {
        void add(String line) throws IOException;
    }

    private static void copy(Process process, Lines lines) {
        StringBuilder line = new StringBuilder();
        char[] buffer = new char[LONGEST_LINE];
        try (Reader output =
                new InputStreamReader(process.getInputStream(), StandardCharsets.UTF_8)) {
            for (int read = output.read(buffer); read >= 0; read = output.read(buffer)) {
                add(buffer, read, line, lines);
            }
            if (!line.isEmpty()) {
                lines.add(line.toString());
            }
        } catch (IOException _) {
            // The program ended, or its output cannot be kept: then closing the pipe ends it.
        }
    }

    private static void add(char[] chars, int length, StringBuilder line, Lines lines)
            throws IOException {
        for (int i = 0; i < length; i++) {
            if (chars[i] == '\n' || line.length() == LONGEST_LINE) {
                lines.add(line.toString());
                line.setLength(0);
            }
            if (chars[i] != '\n') {
                line.append(chars[i]);
            }
        }
    }
}
