package dev.slipway.contracts;

/**
 * The drop passed verification. The build reads {@code source} and nothing else.
 *
 * @param source the canonical archive in the staging bucket
 * @param buildAttempt which attempt is asked for, from 1
 * @param injection how often a sweep has put this deployment back to work; a copy with a lower
 *     number is stale
 */
public record SourceStored(
        DeploymentId deployment,
        ServiceKey service,
        ObjectVersion source,
        Digest sourceDigest,
        Digest manifestDigest,
        int buildAttempt,
        long injection)
        implements PipelineEvent {
    /** CloudEvents: type. */
    public static final String TYPE = "dev.slipway.source.stored.v1";

    @Override
    public String type() {
        return TYPE;
    }

    @Override
    public String id() {
        return deployment + ":source-stored:" + buildAttempt;
    }
}
