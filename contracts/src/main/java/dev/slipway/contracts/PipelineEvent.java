package dev.slipway.contracts;

/**
 * What the stages tell each other, as CloudEvents. An event carries references, never content; its
 * id is the same whenever it is published again.
 */
public sealed interface PipelineEvent permits SourceStored, ImagePushed, DeploymentFinished {
    /** Whose journey this is about. */
    DeploymentId deployment();

    /** CloudEvents: type. */
    String type();

    /** CloudEvents: id; deterministic, so that a copy is known as one. */
    String id();
}
