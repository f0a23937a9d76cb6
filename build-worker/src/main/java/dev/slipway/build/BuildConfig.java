package dev.slipway.build;

import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;

/** How images are built. */
@ConfigMapping(prefix = "slipway.build")
public interface BuildConfig {
    /**
     * How many builds Cloud Build runs at once for this project; twice as many are let in (Cloud
     * Build: concurrent builds, default pool).
     */
    @WithDefault("10")
    int quota();
}
