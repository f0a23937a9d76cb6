package dev.slipway.contracts;

import org.jspecify.annotations.Nullable;

/**
 * The one outcome of one drop. Copies of the event share its id.
 *
 * @param drop what arrived
 * @param service absent where the object's name yields none
 * @param url where the service answers, if it is live
 * @param correlation the uploader's own {@code x-goog-meta-correlation-id}, if given
 */
public record DeploymentFinished(
        DeploymentId deployment,
        ObjectVersion drop,
        @Nullable ServiceKey service,
        Outcome outcome,
        Reason reason,
        String message,
        @Nullable String url,
        @Nullable String correlation)
        implements PipelineEvent {
    /** CloudEvents: type. */
    public static final String TYPE = "dev.slipway.deployment.finished.v1";

    @Override
    public String type() {
        return TYPE;
    }

    @Override
    public String id() {
        return deployment + ":deployment-finished";
    }
}
