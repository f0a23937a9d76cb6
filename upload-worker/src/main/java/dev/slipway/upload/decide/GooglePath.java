package dev.slipway.upload.decide;

import dev.slipway.contracts.DeploymentId;
import dev.slipway.contracts.ServiceKey;
import dev.slipway.contracts.manifest.Profile;
import org.jspecify.annotations.Nullable;

/** What Google's two ways of deploying source call their places. */
public final class GooglePath {
    private GooglePath() {}

    /**
     * Where the verified source of a deployment is staged.
     *
     * @param project the project's id; bucket names may hold neither its colon nor {@code google}
     */
    public static StagingPlan staging(
            Profile profile,
            String project,
            long projectNumber,
            ServiceKey service,
            DeploymentId deployment) {
        String bucket =
                switch (profile) {
                    case RUN -> "run-sources-" + inBucket(project) + "-" + service.region();
                    case FUNCTIONS -> "gcf-v2-sources-" + projectNumber + "-" + service.region();
                };
        return new StagingPlan(
                bucket,
                service.region(),
                "services/" + service.service() + "/" + deployment + ".tar.gz",
                keyedPrefix(profile, projectNumber, service.region()));
    }

    /** Cloud Functions ends the name with a hash of the key, gcloud run deploy makes no bucket. */
    private static @Nullable String keyedPrefix(
            Profile profile, long projectNumber, String region) {
        return switch (profile) {
            case RUN -> null;
            case FUNCTIONS -> "gcf-sources-" + projectNumber + "-" + region + "-";
        };
    }

    /** As gcloud does: {@code :} and {@code .} to {@code _}, {@code google} to {@code elgoog}. */
    private static String inBucket(String project) {
        return project.replace(':', '_').replace('.', '_').replace("google", "elgoog");
    }

    /** The Artifact Registry repository for the images. */
    static String repository(Profile profile) {
        return switch (profile) {
            case RUN -> "cloud-run-source-deploy";
            case FUNCTIONS -> "gcf-artifacts";
        };
    }
}
