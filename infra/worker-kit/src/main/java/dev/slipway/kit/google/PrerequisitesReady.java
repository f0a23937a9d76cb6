package dev.slipway.kit.google;

import jakarta.inject.Singleton;
import java.util.List;
import org.eclipse.microprofile.health.HealthCheck;
import org.eclipse.microprofile.health.HealthCheckResponse;
import org.eclipse.microprofile.health.HealthCheckResponseBuilder;
import org.eclipse.microprofile.health.Readiness;

/**
 * Ready is a worker whose buckets, topics, subscriptions and permissions are there; the answer
 * names what is not.
 */
@Readiness
@Singleton
public class PrerequisitesReady implements HealthCheck {
    private final Prerequisites prerequisites;

    PrerequisitesReady(Prerequisites prerequisites) {
        this.prerequisites = prerequisites;
    }

    @Override
    public HealthCheckResponse call() {
        List<String> missing = prerequisites.missing();
        HealthCheckResponseBuilder answer =
                HealthCheckResponse.named("prerequisites").status(missing.isEmpty());
        for (int number = 0; number < missing.size(); number++) {
            answer.withData("missing-" + (number + 1), missing.get(number));
        }
        return answer.build();
    }
}
