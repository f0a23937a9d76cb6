package dev.slipway.local;

import com.google.pubsub.v1.PubsubMessage;

/** What other APIs need of Pub/Sub: Cloud Storage and Cloud Build publish. */
public interface Topics {
    /**
     * Publishes one message; nothing happens where the topic does not exist, as with the real
     * publishers.
     *
     * @param topic {@code projects/PROJECT/topics/TOPIC}
     * @param message without id and publish time, which Pub/Sub gives it
     */
    void publish(String topic, PubsubMessage message);
}
