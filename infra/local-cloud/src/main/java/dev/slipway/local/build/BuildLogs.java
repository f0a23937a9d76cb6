package dev.slipway.local.build;

import dev.slipway.local.build.language.BuildLog;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/** The builds' logs, one file each. */
record BuildLogs(Path folder) {
    static final long MOST_BYTES = 10L << 20;

    /** Continues the log of a build, or begins it. */
    BuildLog open(String id, List<String> secrets) throws IOException {
        return new BuildLog(file(id), secrets, MOST_BYTES);
    }

    /** The log so far; empty where the build has not begun. */
    byte[] read(String id) throws IOException {
        Path file = file(id);
        return Files.exists(file) ? Files.readAllBytes(file) : new byte[0];
    }

    private Path file(String id) {
        return folder.resolve("log-" + id + ".txt");
    }
}
