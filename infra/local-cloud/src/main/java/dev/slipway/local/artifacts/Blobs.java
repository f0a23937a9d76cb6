package dev.slipway.local.artifacts;

import dev.slipway.contracts.Digest;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.Optional;
import org.h2.mvstore.MVMap;

/**
 * Bytes by their digest, each stored once, and which image may show which. A file is complete from
 * the moment it has its name.
 */
final class Blobs {
    private static final byte[] OWNED = {1};

    private final Path directory;
    private final MVMap<String, byte[]> owners;

    Blobs(Path directory, MVMap<String, byte[]> owners) {
        this.directory = directory;
        this.owners = owners;
    }

    /** The file with these bytes, where the image has them. */
    Optional<Path> find(ImageName image, Digest digest) {
        return Optional.of(file(digest))
                .filter(file -> owners.containsKey(key(image, digest)) && Files.exists(file));
    }

    /** Gives the image a complete temporary file's bytes; the file is moved or deleted. */
    void keep(ImageName image, Digest digest, Path temporary) throws IOException {
        if (Files.exists(file(digest))) {
            Files.delete(temporary);
        } else {
            Files.move(temporary, file(digest), StandardCopyOption.ATOMIC_MOVE);
        }
        owners.put(key(image, digest), OWNED);
    }

    /** Gives the image bytes that are stored already; false where they are not. */
    boolean keep(ImageName image, Digest digest) {
        if (!Files.exists(file(digest))) {
            return false;
        }
        owners.put(key(image, digest), OWNED);
        return true;
    }

    /** Gives the image what another one has already; false where that one has not. */
    boolean mount(ImageName image, ImageName from, Digest digest) {
        if (find(from, digest).isEmpty()) {
            return false;
        }
        owners.put(key(image, digest), OWNED);
        return true;
    }

    private Path file(Digest digest) {
        return directory.resolve(digest.hex());
    }

    private static String key(ImageName image, Digest digest) {
        return image.value() + "@" + digest;
    }
}
