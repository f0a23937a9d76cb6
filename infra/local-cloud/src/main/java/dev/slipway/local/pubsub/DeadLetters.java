package dev.slipway.local.pubsub;

import com.google.pubsub.v1.PubsubMessage;
import com.google.pubsub.v1.Subscription;

/** Where messages go that were delivered often enough. */
interface DeadLetters {
    /** Runs an action soon, on another thread: feeds must not wait for each other's locks. */
    void later(Runnable action);

    /**
     * Publishes a message to the dead-letter topic of the subscription it failed in.
     *
     * @return false where that topic does not exist; the message then stays in its subscription
     */
    boolean forward(Subscription from, PubsubMessage message, int deliveries);
}
