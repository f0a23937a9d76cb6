package dev.slipway.deploy;

import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;
import java.time.Duration;

/** How services are deployed. */
@ConfigMapping(prefix = "slipway.deploy")
public interface DeployConfig {
    /** A deploy attempt that makes no progress within this is given up. */
    @WithDefault("15m")
    Duration deadline();

    /** How long a rollout is watched at a stretch, before the sweep takes it up again. */
    @WithDefault("4m")
    Duration watched();

    /** How often the requests are listed for what no message told. */
    @WithDefault("15m")
    Duration listEvery();
}
