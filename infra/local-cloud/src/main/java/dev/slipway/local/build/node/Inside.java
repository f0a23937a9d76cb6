package dev.slipway.local.build.node;

import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.Optional;

/** Paths that a source names itself. */
final class Inside {
    private Inside() {}

    /** Where the name leads to; empty where that is outside of the directory, or the directory. */
    static Optional<Path> file(Path directory, String name) {
        try {
            Path file = directory.resolve(name).normalize();
            return Optional.of(file)
                    .filter(path -> path.startsWith(directory) && !path.equals(directory));
        } catch (InvalidPathException _) {
            return Optional.empty();
        }
    }
}
