package dev.slipway.cli.installation;

import dev.slipway.cli.terminal.Problem;
import dev.slipway.cli.terminal.Terminal;
import dev.slipway.contracts.Json;
import dev.slipway.contracts.Shown;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/** The directory that holds one installation's state: tokens, endpoints, logs, the cloud's own. */
public record Home(Path directory) {
    private static final String ENDPOINTS = "endpoints.json";

    /** What stands here before it is up for the first time. */
    private static final Pattern OURS =
            Pattern.compile(
                    "lock|logs|tokens|token\\.next|endpoints\\.json\\.next|cloud|buil[dt].*");

    /** {@code SLIPWAY_HOME}, or {@code .slipway} of the checkout. */
    public static Home of(Map<String, String> environment, Path checkout) {
        String named = environment.getOrDefault("SLIPWAY_HOME", "");
        return new Home(
                named.isEmpty()
                        ? checkout.resolve(".slipway")
                        : Path.of(named).toAbsolutePath().normalize());
    }

    /** Where a process writes what it says. */
    public Path log(String name) {
        return directory.resolve("logs").resolve(name + ".log");
    }

    Path token(String identity) {
        return directory.resolve("tokens").resolve(identity);
    }

    /** Where the installation is, if it was ever up. */
    public Optional<Endpoints> endpoints() {
        Path file = directory.resolve(ENDPOINTS);
        try {
            return Files.exists(file)
                    ? Optional.of(Json.read(Files.readAllBytes(file), Endpoints.class))
                    : Optional.empty();
        } catch (IOException e) {
            throw Problem.failed(
                    file + " cannot be read: " + e.getMessage(),
                    "Correct it, or forget the installation with ./slipway down --reset.",
                    e);
        }
    }

    void write(Endpoints endpoints) {
        Path file = directory.resolve(ENDPOINTS);
        try {
            Path next = directory.resolve(ENDPOINTS + ".next");
            Files.write(next, Json.write(endpoints));
            Files.move(
                    next,
                    file,
                    StandardCopyOption.ATOMIC_MOVE,
                    StandardCopyOption.REPLACE_EXISTING);
        } catch (IOException e) {
            throw unwritable(file, e);
        }
    }

    /** Keeps where the installation was, so that it comes back there, but not what ran. */
    void forgetProcesses() {
        endpoints()
                .ifPresent(known -> write(known.with((Started) null).with(List.of()).unscaled()));
    }

    /** Holds the home for one command at a time; a second one waits and says so. */
    Lock lock(Terminal terminal) {
        try {
            Files.createDirectories(directory.resolve("logs"));
            FileChannel channel =
                    FileChannel.open(
                            directory.resolve("lock"),
                            StandardOpenOption.CREATE,
                            StandardOpenOption.WRITE);
            FileLock lock = channel.tryLock();
            if (lock == null) {
                terminal.line("another slipway command is at work here; waiting for it");
                lock = channel.lock();
            }
            return new Lock(lock);
        } catch (IOException e) {
            throw unwritable(directory, e);
        }
    }

    /**
     * A home is removed as a whole, so it must be a directory of its own.
     *
     * @throws Problem if it holds what no command put there and was never up
     */
    void refuseUnlessOurs() {
        if (!Files.isDirectory(directory) || Files.exists(directory.resolve(ENDPOINTS))) {
            return;
        }
        try (Stream<Path> inside = Files.list(directory)) {
            inside.map(path -> path.getFileName().toString())
                    .filter(name -> !OURS.matcher(name).matches())
                    .sorted()
                    .findFirst()
                    .ifPresent(
                            other -> {
                                throw Problem.usage(
                                        directory
                                                + " is not slipway's alone: it holds "
                                                + Shown.of(other),
                                        "Name a new or an empty directory with SLIPWAY_HOME.");
                            });
        } catch (IOException e) {
            throw unwritable(directory, e);
        }
    }

    /** Removes everything, deepest first. */
    void remove() {
        try (Stream<Path> all = Files.walk(directory)) {
            List<Path> deepestFirst = all.sorted(Comparator.reverseOrder()).toList();
            for (Path path : deepestFirst) {
                Files.deleteIfExists(path);
            }
        } catch (IOException e) {
            throw unwritable(directory, e);
        }
    }

    static Problem unwritable(Path path, IOException cause) {
        return Problem.failed(
                "cannot write " + path + ": " + cause.getMessage(),
                "Make it writable, or set SLIPWAY_HOME to a directory of your own.",
                cause);
    }

    /** The home, held. */
    static final class Lock implements AutoCloseable {
        private final FileLock lock;

        Lock(FileLock lock) {
            this.lock = lock;
        }

        @Override
        public void close() {
            try {
                lock.acquiredBy().close();
            } catch (IOException e) {
                throw new java.io.UncheckedIOException(e);
            }
        }
    }
}
