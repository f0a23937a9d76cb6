package dev.slipway.build.google;

import dev.slipway.build.gateway.Builds;
import dev.slipway.kit.Guarded;
import dev.slipway.kit.google.Breakers;
import jakarta.enterprise.inject.Produces;
import jakarta.inject.Singleton;

/** The gateways that the worker gets: the real ones, each behind its breaker. */
@Singleton
class GuardedApis {
    @Produces
    @Singleton
    Builds builds(CloudBuilds real, Breakers breakers) {
        return Guarded.gateway(Builds.class, real, breakers.vital("cloud-build"));
    }
}
