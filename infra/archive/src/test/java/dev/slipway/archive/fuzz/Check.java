package dev.slipway.archive.fuzz;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/** Makes one archive of a seed and looks at what the reader does with it. */
abstract class Check {
    private final Path archive;
    private final Path spool;

    /** Several checks at a time need a folder each. */
    Check(Path folder) throws IOException {
        this.archive = folder.resolve("archive");
        this.spool = Files.createDirectories(folder.resolve("spool"));
    }

    abstract Outcome of(long seed) throws IOException;

    /** The archive that this seed makes. */
    abstract byte[] archive(long seed) throws IOException;

    Reading read(byte[] bytes) throws IOException {
        Files.write(archive, bytes);
        return Reading.of(archive, spool);
    }

    /** The file that was read last. */
    Path file() {
        return archive;
    }
}
