package dev.slipway.kit.google;

import dev.slipway.kit.SlipwayConfig;
import io.quarkus.runtime.ShutdownEvent;
import jakarta.enterprise.event.Observes;
import jakarta.inject.Singleton;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;

/**
 * How a worker stops: everything stops taking up work at once, and all that is in hand has one
 * grace together.
 */
@Singleton
class Shutdown {
    private final SlipwayConfig config;
    private final Prerequisites prerequisites;
    private final StageWatch watch;
    private final PubSubInbox inbox;
    private final SweepTimer sweep;
    private final InstantSource clock;

    Shutdown(
            SlipwayConfig config,
            Prerequisites prerequisites,
            StageWatch watch,
            PubSubInbox inbox,
            SweepTimer sweep,
            InstantSource clock) {
        this.config = config;
        this.prerequisites = prerequisites;
        this.watch = watch;
        this.inbox = inbox;
        this.sweep = sweep;
        this.clock = clock;
    }

    void stop(@Observes ShutdownEvent event) {
        Instant until = clock.instant().plus(config.stage().shutdownGrace());
        prerequisites.stop();
        watch.stop();
        sweep.stop();
        inbox.stop();
        inbox.awaitStopped(until);
        Duration left = Duration.between(clock.instant(), until);
        sweep.awaitStopped(left.isNegative() ? Duration.ZERO : left);
    }
}
