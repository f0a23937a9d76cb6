package dev.slipway.local.run;

import dev.slipway.local.State;
import java.io.IOException;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;

/**
 * The lowest layers of images, each unpacked once. What a deployment changes is mostly its source,
 * in a layer above; the thousands of files below need no writing again, only one more name each.
 */
final class SharedLayers {
    private static final String PARTIAL = ".partial-";

    private final Path directory;
    private final Map<String, Object> locks = new ConcurrentHashMap<>();

    SharedLayers(State state) {
        this.directory = state.directory("layers");
    }

    /** Removes what was begun and not ended. */
    void clean() throws IOException {
        Trees.deleteIn(directory, name -> name.startsWith(PARTIAL));
    }

    /** Puts the layer into an empty directory. */
    void into(Path root, Path blob, String digest) throws IOException, ImageProblem {
        Path unpacked = directory.resolve(digest.replace(':', '-'));
        synchronized (locks.computeIfAbsent(digest, _ -> new Object())) {
            if (!Files.exists(unpacked)) {
                unpack(blob, digest, unpacked);
            }
        }
        Files.walkFileTree(unpacked, new Linking(unpacked, root));
    }

    private void unpack(Path blob, String digest, Path unpacked) throws IOException, ImageProblem {
        Path partial = directory.resolve(PARTIAL + UUID.randomUUID());
        try {
            new Layers(Files.createDirectories(partial)).add(blob, digest);
            Files.move(partial, unpacked, StandardCopyOption.ATOMIC_MOVE);
        } finally {
            Trees.delete(partial);
        }
    }

    /** Directories are new ones, links are the same, files get one more name. */
    private static final class Linking extends SimpleFileVisitor<Path> {
        private final Path from;
        private final Path to;

        Linking(Path from, Path to) {
            this.from = from;
            this.to = to;
        }

        @Override
        public FileVisitResult preVisitDirectory(Path visited, BasicFileAttributes attributes)
                throws IOException {
            if (!visited.equals(from)) {
                Files.copy(visited, there(visited), StandardCopyOption.COPY_ATTRIBUTES);
            }
            return FileVisitResult.CONTINUE;
        }

        @Override
        public FileVisitResult visitFile(Path file, BasicFileAttributes attributes)
                throws IOException {
            if (attributes.isSymbolicLink()) {
                Files.copy(file, there(file), LinkOption.NOFOLLOW_LINKS);
            } else {
                link(file, there(file));
            }
            return FileVisitResult.CONTINUE;
        }

        private Path there(Path path) {
            return to.resolve(from.relativize(path));
        }

        /** A file system may have too few names for one file, or none but the first. */
        private static void link(Path file, Path there) throws IOException {
            try {
                Files.createLink(there, file);
            } catch (IOException | UnsupportedOperationException _) {
                Files.copy(file, there, StandardCopyOption.COPY_ATTRIBUTES);
            }
        }
    }
}
