package dev.slipway.simulation;

import dev.slipway.build.decide.BuildPlan;
import dev.slipway.build.decide.BuildSeen;
import dev.slipway.build.gateway.Builds;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;

/** Cloud Build as it is at times: full, and its list behind what was submitted. */
record LateList(Builds builds, InstantSource clock, Duration behind, Full full) implements Builds {
    /** Whether the next submission finds no place. */
    @FunctionalInterface
    interface Full {
        /** Throws if there is none. */
        void check();
    }

    @Override
    public List<BuildSeen> tagged(String region, String tag) {
        return builds.tagged(region, tag).stream()
                .filter(build -> !build.createTime().plus(behind).isAfter(clock.instant()))
                .toList();
    }

    @Override
    public BuildSeen submit(BuildPlan plan) {
        full.check();
        return builds.submit(plan);
    }

    @Override
    public BuildSeen get(String name) {
        return builds.get(name);
    }

    @Override
    public void cancel(String name) {
        builds.cancel(name);
    }
}
