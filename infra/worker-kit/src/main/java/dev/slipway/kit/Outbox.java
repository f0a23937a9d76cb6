package dev.slipway.kit;

import dev.slipway.contracts.PipelineEvent;

/** Where events go. */
public interface Outbox {
    /**
     * Publishes and returns once the bus has confirmed it. Publishing again is harmless: copies
     * share the event's id.
     *
     * @throws GatewayException if it was not confirmed
     */
    void publish(PipelineEvent event);
}
