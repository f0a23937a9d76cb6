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

    /** Where verified sources are staged. */
    Staging staging();

    /**
     * Where verified sources are staged. In both {@code {region}} stands for the service's region.
     */
    interface Staging {
        /**
         * The customer-managed key that they are encrypted with, {@code
         * projects/PROJECT/locations/REGION/keyRings/RING/cryptoKeys/KEY}; absent: the platform's
         * own. With profile {@code functions} the bucket is the one {@code
         * gcf-sources-NUMBER-REGION-…} whose default key it is; with profile {@code run} it has to
         * be named.
         */
        Optional<String> kmsKey();

        /**
         * The bucket, which is there already, is the project's own, and has the key as its default
         * where there is a key; absent: the one that the profile has.
         */
        Optional<String> bucket();
    }

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
