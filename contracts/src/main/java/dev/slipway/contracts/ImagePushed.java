package dev.slipway.contracts;

/**
 * The image is in the registry.
 *
 * @param image its URI by digest, {@code REGION-docker.pkg.dev/PROJECT/REPOSITORY/SERVICE@sha256:…}
 * @param buildAttempt which attempt made it, from 1
 * @param injection how often a sweep has put this deployment back to work; a copy with a lower
 *     number is stale
 */
public record ImagePushed(
        DeploymentId deployment,
        ServiceKey service,
        String image,
        Digest manifestDigest,
        int buildAttempt,
        long injection)
        implements PipelineEvent {
    /** CloudEvents: type. */
    public static final String TYPE = "dev.slipway.image.pushed.v1";

    @Override
    public String type() {
        return TYPE;
    }

    @Override
    public String id() {
        return deployment + ":image-pushed:" + buildAttempt;
    }
}
