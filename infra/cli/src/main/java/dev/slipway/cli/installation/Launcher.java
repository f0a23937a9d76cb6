package dev.slipway.cli.installation;

import dev.slipway.cli.terminal.Problem;
import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;

/** Starts programs that go on when the command, or its terminal, ends. */
final class Launcher {
    private static final long LARGEST_LOG_BYTES = 16L << 20;
    private static final Path NOTHING = Path.of("/dev/null");

    /**
     * Says something to the command; a worker would take it for a setting that it does not know.
     */
    private static final Set<String> OURS =
            Set.of("SLIPWAY_HOME", "SLIPWAY_BUILD", "SLIPWAY_LOCAL_CLOUD_ARGS");

    private static final String OWN_SESSION = "use POSIX; POSIX::setsid(); exec {$ARGV[0]} @ARGV";

    private final Home home;
    private final String searchPath;

    /**
     * @param searchPath directories with programs, as in PATH
     */
    Launcher(Home home, String searchPath) {
        this.home = home;
        this.searchPath = searchPath;
    }

    /** Starts {@code java <arguments>}; what it says goes to its log. */
    Started start(
            String name,
            List<String> arguments,
            Map<String, String> environment,
            String healthUrl) {
        List<String> command = new ArrayList<>(ownSession());
        command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
        command.addAll(arguments);
        File log = freshLog(name).toFile();
        ProcessBuilder builder =
                new ProcessBuilder(command)
                        .directory(home.directory().toFile())
                        .redirectInput(NOTHING.toFile())
                        .redirectErrorStream(true)
                        .redirectOutput(ProcessBuilder.Redirect.appendTo(log));
        builder.environment().keySet().removeAll(OURS);
        builder.environment().putAll(environment);
        try {
            return Processes.noted(name, builder.start().toHandle(), healthUrl);
        } catch (IOException e) {
            throw Problem.failed(
                    "cannot start " + name + ": " + e.getMessage(),
                    "Check that a JDK 25 is still where this command found it.",
                    e);
        }
    }

    /** A session of its own, so that neither Ctrl-C nor a closing terminal reaches it. */
    private List<String> ownSession() {
        return found("setsid")
                .map(program -> List.of(program.toString()))
                .or(() -> found("perl").map(perl -> List.of(perl.toString(), "-e", OWN_SESSION)))
                .or(() -> found("nohup").map(program -> List.of(program.toString())))
                .orElse(List.of());
    }

    private Optional<Path> found(String program) {
        return Stream.of(searchPath.split(File.pathSeparator, -1))
                .filter(directory -> !directory.isEmpty())
                .map(directory -> Path.of(directory, program))
                .filter(Files::isExecutable)
                .findFirst();
    }

    private Path freshLog(String name) {
        Path log = home.log(name);
        try {
            Files.createDirectories(home.directory().resolve("logs"));
            if (Files.exists(log) && Files.size(log) > LARGEST_LOG_BYTES) {
                Files.move(log, home.log(name + ".old"), StandardCopyOption.REPLACE_EXISTING);
            }
            return log;
        } catch (IOException e) {
            throw Home.unwritable(log, e);
        }
    }
}
