package dev.slipway.local.pubsub;

import com.google.pubsub.v1.ReceivedMessage;
import io.grpc.StatusRuntimeException;
import java.time.Duration;

/** Who takes messages of one subscription. Its feed calls it, one call at a time. */
interface Consumer {
    /** How many more messages it takes now, by its flow control and what it has collected. */
    int room();

    /** How many messages of one ordering key it takes before the first is acknowledged. */
    default int inLine() {
        return room();
    }

    /**
     * How long it may keep a message.
     *
     * @param usual the subscription's own deadline
     */
    Duration lease(Duration usual);

    /** Collects a message for the next {@link #flush}. */
    void take(ReceivedMessage message, int bytes);

    /** Sends what it has collected, if anything; never blocks. */
    void flush();

    /** A message of this size is no longer outstanding. */
    void released(int bytes);

    /** Whether it will never take another message. */
    boolean done();

    /** The subscription is gone or detached. */
    void end(StatusRuntimeException why);
}
