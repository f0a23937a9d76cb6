package dev.slipway.build.decide;

import dev.slipway.contracts.ObjectVersion;
import dev.slipway.contracts.ServiceKey;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * A build that is decided and not yet submitted.
 *
 * @param source the canonical archive; exactly this generation is built
 * @param image where the image goes, see {@link #image(String, ServiceKey, String)}
 * @param function the Functions Framework's target; absent for a web application
 * @param baseImage a runtime id as Cloud Run takes it ({@code nodejs22}); absent: detected
 * @param serviceAccount runs the build: {@code projects/P/serviceAccounts/EMAIL}
 * @param workerPool {@code projects/P/locations/L/workerPools/W}; absent: the default pool
 * @param tag what the build is found by
 */
public record BuildPlan(
        String region,
        String repository,
        ObjectVersion source,
        String image,
        @Nullable String function,
        @Nullable String baseImage,
        Map<String, String> environment,
        String serviceAccount,
        @Nullable String workerPool,
        String tag) {
    /** Copies the environment. */
    public BuildPlan {
        environment = Map.copyOf(environment);
    }

    /**
     * {@code REGION-docker.pkg.dev/PROJECT/REPOSITORY/SERVICE}; in a domain's project the colon
     * becomes a slash.
     */
    public static String image(String project, ServiceKey service, String repository) {
        return service.region()
                + "-docker.pkg.dev/"
                + project.replace(':', '/')
                + "/"
                + repository
                + "/"
                + service.service();
    }
}
