package dev.slipway.deploy.decide;

import dev.slipway.contracts.ServiceKey;
import dev.slipway.contracts.manifest.Manifest;
import dev.slipway.contracts.manifest.Profile;
import dev.slipway.ledger.DeploymentRecord;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;

/**
 * A revision that is decided and not yet asked for, and the settings of the service around it.
 *
 * @param revision its name
 * @param image by digest
 * @param environment all its variables but those that Cloud Run sets
 * @param serviceAccount who it runs as, an e-mail address
 */
public record ServicePlan(
        ServiceKey service,
        String revision,
        String image,
        Manifest manifest,
        Map<String, String> environment,
        String serviceAccount,
        Origin origin) {
    /** Copies the environment. */
    public ServicePlan {
        environment = Map.copyOf(environment);
    }

    /** What a deploying record asks for. */
    public static ServicePlan of(
            DeploymentRecord record, Manifest manifest, String project, String serviceAccount) {
        return new ServicePlan(
                record.requireService(),
                Objects.requireNonNull(record.revision(), "a deploying record has a revision"),
                Objects.requireNonNull(record.image(), "a built record has an image"),
                manifest,
                environment(record.requireService(), manifest, project),
                serviceAccount,
                Origin.of(record, manifest));
    }

    /**
     * On the functions path, which has functions alone, Google sets these itself; on the run path
     * the image brings its own.
     */
    private static Map<String, String> environment(
            ServiceKey service, Manifest manifest, String project) {
        Map<String, String> environment = new TreeMap<>(manifest.env());
        if (manifest.profile() == Profile.FUNCTIONS) {
            environment.put("FUNCTION_TARGET", Objects.requireNonNull(manifest.function()));
            environment.put(
                    "FUNCTION_SIGNATURE_TYPE",
                    Objects.requireNonNull(manifest.signatureType()).text());
            environment.put("LOG_EXECUTION_ID", "true");
            environment.put("FUNCTION_REGION", service.region());
            environment.put(
                    "EVENTARC_CLOUD_EVENT_SOURCE",
                    "projects/"
                            + project
                            + "/locations/"
                            + service.region()
                            + "/services/"
                            + service.service());
        }
        return environment;
    }
}
