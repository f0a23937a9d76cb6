package dev.slipway.local;

import com.google.pubsub.v1.Subscription;
import com.google.pubsub.v1.Topic;
import java.util.Optional;
import java.util.function.UnaryOperator;

/**
 * What Eventarc needs of Pub/Sub. It acts as Google's service agent, so nobody's permissions are
 * asked. Names are full ones, {@code projects/…}.
 */
public interface EventTransport {
    /** Whether there is a topic of this name. */
    boolean hasTopic(String topic);

    /** Makes a topic; ALREADY_EXISTS where there is one. */
    void create(Topic topic);

    /** Deletes a topic, if it is there. */
    void deleteTopic(String topic);

    /** Makes a subscription; ALREADY_EXISTS, or NOT_FOUND where its topic is not there. */
    void create(Subscription subscription);

    /** The subscription as it stands, with whatever its users changed. */
    Optional<Subscription> subscription(String name);

    /** Changes a subscription; NOT_FOUND where it is not there. */
    void change(String subscription, UnaryOperator<Subscription> change);

    /** Deletes a subscription, if it is there. */
    void deleteSubscription(String subscription);
}
