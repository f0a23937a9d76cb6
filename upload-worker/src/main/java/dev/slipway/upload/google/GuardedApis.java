package dev.slipway.upload.google;

import dev.slipway.kit.Guarded;
import dev.slipway.kit.google.Breakers;
import dev.slipway.upload.gateway.Drops;
import dev.slipway.upload.gateway.Staging;
import jakarta.enterprise.inject.Produces;
import jakarta.inject.Singleton;

/** The gateways that the worker gets: the real ones, each behind its breaker. */
@Singleton
class GuardedApis {
    @Produces
    @Singleton
    Drops drops(CloudStorageDrops real, Breakers breakers) {
        return Guarded.gateway(Drops.class, real, breakers.vital("drops"));
    }

    @Produces
    @Singleton
    Staging staging(CloudStorageStaging real, Breakers breakers) {
        return Guarded.gateway(Staging.class, real, breakers.vital("staging"));
    }
}
