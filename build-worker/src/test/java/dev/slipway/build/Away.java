package dev.slipway.build;

import dev.slipway.build.decide.BuildPlan;
import dev.slipway.build.decide.BuildSeen;
import dev.slipway.build.gateway.Builds;
import dev.slipway.kit.FailureKind;
import dev.slipway.kit.GatewayException;
import java.util.List;
import java.util.function.BooleanSupplier;

/**
 * Builds that cannot be reached now and then.
 *
 * @param away asked at each call
 */
record Away(Builds real, BooleanSupplier away) implements Builds {
    private Builds reached() {
        if (away.getAsBoolean()) {
            throw new GatewayException(
                    FailureKind.TRANSIENT, "ask Cloud Build", "the answer was 503", null);
        }
        return real;
    }

    @Override
    public List<BuildSeen> tagged(String region, String tag) {
        return reached().tagged(region, tag);
    }

    @Override
    public BuildSeen submit(BuildPlan plan) {
        return reached().submit(plan);
    }

    @Override
    public BuildSeen get(String name) {
        return reached().get(name);
    }

    @Override
    public void cancel(String name) {
        reached().cancel(name);
    }
}
