package dev.slipway.kit;

/**
 * Feeds handlers from subscriptions: decode, handle, and only then acknowledge. Nothing else
 * acknowledges.
 */
public interface Inbox {
    /**
     * Delivers a subscription's messages to the handler, each on a virtual thread of its own, from
     * when the worker has all it needs until it stops.
     *
     * @param subscription its id in the topology
     */
    void feed(String subscription, MessageHandler handler);
}
