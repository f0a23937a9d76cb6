package dev.slipway.upload;

import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;

/** How drops are verified. */
@ConfigMapping(prefix = "slipway.upload")
public interface UploadConfig {
    /** The folder that archives pass through; absent: one in the system's temporary folder. */
    Optional<Path> spool();

    /** How often the drop bucket is listed for what no message told. */
    @WithDefault("15m")
    Duration listEvery();

    /** What an archive may hold. */
    Archive archive();

    /** What an archive may hold. */
    interface Archive {
        /** The archive as it was dropped. */
        @WithDefault("536870912")
        long bytes();

        /** All that comes out of it. */
        @WithDefault("2147483648")
        long expandedBytes();

        /** One file of it. */
        @WithDefault("536870912")
        long fileBytes();

        /** How many files and folders it lists. */
        @WithDefault("100000")
        int entries();
    }
}
