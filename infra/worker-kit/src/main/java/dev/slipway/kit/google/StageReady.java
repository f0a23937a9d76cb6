package dev.slipway.kit.google;

import dev.slipway.ledger.StagePause;
import jakarta.inject.Singleton;
import java.util.Optional;
import org.eclipse.microprofile.health.HealthCheck;
import org.eclipse.microprofile.health.HealthCheckResponse;
import org.eclipse.microprofile.health.HealthCheckResponseBuilder;
import org.eclipse.microprofile.health.Readiness;

/** A paused worker is ready, and says since when it is paused. */
@Readiness
@Singleton
public class StageReady implements HealthCheck {
    private final StageWatch watch;

    StageReady(StageWatch watch) {
        this.watch = watch;
    }

    @Override
    public HealthCheckResponse call() {
        Optional<StagePause> seen = watch.seen();
        HealthCheckResponseBuilder answer =
                HealthCheckResponse.named("stage").status(seen.isPresent());
        if (seen.isEmpty()) {
            answer.withData("missing-1", "whether the stage is paused was not read yet");
        }
        seen.filter(StagePause::paused)
                .ifPresent(paused -> answer.withData("paused", String.valueOf(paused.since())));
        return answer.build();
    }
}
