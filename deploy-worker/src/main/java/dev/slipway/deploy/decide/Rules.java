package dev.slipway.deploy.decide;

import java.time.Duration;

/**
 * What this installation lets deployments do.
 *
 * @param installation whose services may be written
 * @param adoptsForeign whether one that Slipway did not make may be taken over
 * @param allowsPublic whether a service may be open to everybody
 * @param deadline how long a deploy attempt may take
 */
public record Rules(
        String installation, boolean adoptsForeign, boolean allowsPublic, Duration deadline) {}
