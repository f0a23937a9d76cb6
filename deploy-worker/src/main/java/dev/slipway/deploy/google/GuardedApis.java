package dev.slipway.deploy.google;

import dev.slipway.deploy.gateway.Services;
import dev.slipway.deploy.gateway.Triggers;
import dev.slipway.kit.Guarded;
import dev.slipway.kit.google.Breakers;
import jakarta.enterprise.inject.Produces;
import jakarta.inject.Singleton;

/** The gateways that the worker gets: the real ones, each behind its breaker. */
@Singleton
class GuardedApis {
    @Produces
    @Singleton
    Services services(CloudRunServices real, Breakers breakers) {
        return Guarded.gateway(Services.class, real, breakers.vital("cloud-run"));
    }

    /** Services without events go on without it. */
    @Produces
    @Singleton
    Triggers triggers(EventarcTriggers real, Breakers breakers) {
        return Guarded.gateway(Triggers.class, real, breakers.of("eventarc"));
    }
}
