package dev.slipway.local.pubsub;

import com.google.pubsub.v1.PubsubMessage;

/**
 * A message as a topic accepted it.
 *
 * @param sequence orders messages as they were published; the message's id is the same number
 * @param message with id and publish time
 * @param bytes the same, serialized once for every subscription
 */
record Published(long sequence, PubsubMessage message, byte[] bytes) {
    static Published of(long sequence, PubsubMessage message) {
        return new Published(sequence, message, message.toByteArray());
    }
}
