package dev.slipway.build.gateway;

import dev.slipway.build.decide.BuildPlan;
import dev.slipway.build.decide.BuildSeen;
import dev.slipway.kit.GatewayException;
import java.util.List;

/**
 * Builds images somewhere else.
 *
 * <p>Every method throws {@link GatewayException} if the platform could not be asked or said no;
 * its kind says whether asking again helps.
 */
public interface Builds {
    /**
     * All builds that carry the tag, whatever their state, in the region they were asked for in and
     * in {@code global}, where they may stand as well.
     */
    List<BuildSeen> tagged(String region, String tag);

    /**
     * Submits a build. It is not idempotent: after a {@code TRANSIENT} failure the build may exist,
     * so list by tag before submitting again.
     */
    BuildSeen submit(BuildPlan plan);

    /** The build with this name; {@code NOT_FOUND} where there is none. */
    BuildSeen get(String name);

    /** Cancels a build; harmless where it is over or not there. */
    void cancel(String name);
}
