package dev.slipway.kit.google;

import com.google.cloud.pubsub.v1.AckReplyConsumer;
import com.google.pubsub.v1.PubsubMessage;
import dev.slipway.contracts.EventCodec;
import dev.slipway.contracts.Topology;
import dev.slipway.kit.Handled;
import dev.slipway.kit.Message;
import dev.slipway.kit.MessageHandler;
import dev.slipway.ledger.UnreadableObject;
import io.micrometer.core.instrument.MeterRegistry;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jboss.logging.Logger;

/** Handles what one subscription delivers, and only then acknowledges. */
record Receiver(
        Topology.Subscription subscription,
        MessageHandler handler,
        PubSubOutbox outbox,
        MeterRegistry meters) {
    private static final Logger LOG = Logger.getLogger(Receiver.class);

    /** Of the 100 that Pub/Sub takes, some are left for ours and for Pub/Sub's own. */
    private static final int MOST_ATTRIBUTES_KEPT = 80;

    void receive(PubsubMessage message, AckReplyConsumer reply) {
        try {
            String result = handle(received(message));
            reply.ack();
            count(result);
        } catch (UnreadableObject e) { // the sweep tells of it again, a redelivery changes nothing
            LOG.errorf(
                    "alert=unreadable subscription=%s message=%s %s",
                    subscription.name(), message.getMessageId(), e.getMessage());
            reply.ack();
            count("refused");
        } catch (RuntimeException | Error e) { // else an Error's lease is extended for minutes
            LOG.warnf(
                    e,
                    "subscription=%s message=%s comes again",
                    subscription.name(),
                    message.getMessageId());
            reply.nack();
            count("failed");
        }
    }

    private static Message received(PubsubMessage message) {
        return new Message(
                message.getMessageId(),
                message.getAttributesMap(),
                message.getData().toByteArray());
    }

    private String handle(Message message) {
        return switch (handler.handle(message)) {
            case Handled.Done() -> "done";
            case Handled.Unreadable(String reason) -> {
                putAside(message, reason);
                yield "unreadable";
            }
        };
    }

    private void putAside(Message message, String reason) {
        LOG.warnf(
                "subscription=%s message=%s is unreadable: %s",
                subscription.name(), message.id(), EventCodec.attribute(reason));
        Map<String, String> attributes = new LinkedHashMap<>();
        message.attributes().entrySet().stream()
                .limit(MOST_ATTRIBUTES_KEPT)
                .forEach(kept -> attributes.put(kept.getKey(), kept.getValue()));
        attributes.put("slipway-reason", EventCodec.attribute(reason));
        attributes.put("slipway-subscription", subscription.name());
        attributes.put("slipway-message-id", message.id());
        outbox.publish(subscription.deadLetterName(), attributes, message.data());
    }

    private void count(String result) {
        meters.counter("slipway.messages", "subscription", subscription.id(), "result", result)
                .increment();
    }
}
