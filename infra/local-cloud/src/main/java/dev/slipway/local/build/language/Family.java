package dev.slipway.local.build.language;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.DirectoryIteratorException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

/**
 * A program of a build and all that it started. Descendants are found from their ancestor; those
 * that lost it, by a variable that every program of a build inherits, where the system tells
 * programs' variables (Linux).
 */
public final class Family {
    /** The variable; its value tells the build. */
    public static final String MARK = "SLIPWAY_LOCAL_BUILD";

    private static final Path PROCESSES = Path.of("/proc");
    private static final int MOST_ROUNDS = 20;
    private static final int GONE_WITHIN_MILLIS = 250;

    private Family() {}

    static void end(ProcessHandle program, String mark) {
        List<ProcessHandle> family =
                Stream.concat(program.descendants(), Stream.of(program)).toList();
        end(family);
        endMarked(mark);
    }

    /** Ends every program whose mark is this one, also after their parents ended. */
    public static void endMarked(String mark) {
        for (int round = 0; round < MOST_ROUNDS; round++) {
            List<ProcessHandle> left = marked(mark);
            if (left.isEmpty()) {
                return;
            }
            end(left);
        }
    }

    private static void end(List<ProcessHandle> processes) {
        processes.forEach(ProcessHandle::destroyForcibly);
        CompletableFuture.allOf(
                        processes.stream()
                                .map(ProcessHandle::onExit)
                                .toArray(CompletableFuture[]::new))
                .completeOnTimeout(null, GONE_WITHIN_MILLIS, TimeUnit.MILLISECONDS)
                .join();
    }

    private static List<ProcessHandle> marked(String mark) {
        List<ProcessHandle> found = new ArrayList<>();
        if (!Files.isDirectory(PROCESSES)) {
            return found;
        }
        String variable = MARK + "=" + mark + "\0";
        try (DirectoryStream<Path> folders = Files.newDirectoryStream(PROCESSES, "[1-9]*")) {
            for (Path folder : folders) {
                of(folder).filter(_ -> has(folder, variable)).ifPresent(found::add);
            }
        } catch (IOException | DirectoryIteratorException _) {
            return found; // the system does not tell
        }
        return found;
    }

    /** The handle is taken before the variables are read: it stays with this very process. */
    private static Optional<ProcessHandle> of(Path folder) {
        try {
            long pid = Long.parseLong(folder.getFileName().toString());
            return pid == ProcessHandle.current().pid() ? Optional.empty() : ProcessHandle.of(pid);
        } catch (NumberFormatException _) {
            return Optional.empty();
        }
    }

    private static boolean has(Path folder, String variable) {
        try {
            byte[] variables = Files.readAllBytes(folder.resolve("environ"));
            return new String(variables, StandardCharsets.ISO_8859_1).contains(variable);
        } catch (IOException _) {
            return false; // it ended, or is somebody else's
        }
    }
}
