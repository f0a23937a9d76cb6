package dev.slipway.kit.google;

import dev.slipway.kit.Breaker;
import jakarta.inject.Singleton;
import org.eclipse.microprofile.health.HealthCheck;
import org.eclipse.microprofile.health.HealthCheckResponse;
import org.eclipse.microprofile.health.HealthCheckResponseBuilder;
import org.eclipse.microprofile.health.Readiness;

/** A worker whose APIs fail is ready, since nobody else would do better, and says which do. */
@Readiness
@Singleton
public class ApisAnswer implements HealthCheck {
    private final Breakers breakers;

    ApisAnswer(Breakers breakers) {
        this.breakers = breakers;
    }

    @Override
    public HealthCheckResponse call() {
        HealthCheckResponseBuilder answer = HealthCheckResponse.named("apis").up();
        breakers.all().stream()
                .filter(Breaker::isOpen)
                .forEach(it -> answer.withData(it.api(), "fails, tried in " + it.openFor()));
        return answer.build();
    }
}
