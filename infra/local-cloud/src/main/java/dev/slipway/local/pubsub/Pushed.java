package dev.slipway.local.pubsub;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.google.protobuf.util.Timestamps;
import com.google.pubsub.v1.PubsubMessage;
import com.google.pubsub.v1.PushConfig;
import com.google.pubsub.v1.ReceivedMessage;
import com.google.pubsub.v1.Subscription;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.regex.Pattern;

/** What an endpoint gets of a message, in the one of Pub/Sub's forms that its subscription has. */
record Pushed(Map<String, String> headers, byte[] body) {
    private static final JsonMapper JSON = new JsonMapper();
    private static final String JSON_TYPE = "application/json";
    private static final Pattern HEADER = Pattern.compile("[!#$%&'*+.^_`|~0-9A-Za-z-]+");
    private static final Pattern VALUE = Pattern.compile("[\\t\\x20-\\x7e]*");

    /** What HTTP itself, or the token, needs; an attribute of such a name is left out. */
    private static final Set<String> RESERVED =
            Set.of(
                    "authorization",
                    "connection",
                    "content-length",
                    "expect",
                    "host",
                    "transfer-encoding",
                    "upgrade");

    static Pushed of(Subscription from, ReceivedMessage received) {
        PushConfig config = from.getPushConfig();
        PubsubMessage message = received.getMessage();
        Map<String, String> headers = new LinkedHashMap<>();
        headers.put("accept", JSON_TYPE);
        headers.put("from", "noreply@google.com");
        headers.put(
                "user-agent",
                "APIs-Google; (+https://developers.google.com/webmasters/APIs-Google.html)");
        if (config.hasNoWrapper()) {
            if (config.getNoWrapper().getWriteMetadata()) {
                describe(message, from.getName(), headers);
            }
            return new Pushed(headers, message.getData().toByteArray());
        }
        return EventMode.of(config.getPushEndpoint())
                .event(message)
                .map(event -> event(event, from, received, headers))
                .orElseGet(() -> wrapped(from, received, headers));
    }

    private static Pushed event(
            EventMode.Event event,
            Subscription from,
            ReceivedMessage received,
            Map<String, String> headers) {
        headers.putAll(event.headers());
        headers.put("content-type", JSON_TYPE);
        return new Pushed(headers, event.body().orElseGet(() -> wrapper(from, received)));
    }

    private static Pushed wrapped(
            Subscription from, ReceivedMessage received, Map<String, String> headers) {
        headers.put("content-type", JSON_TYPE);
        return new Pushed(headers, wrapper(from, received));
    }

    /** Google sends the id and the time in both spellings. */
    private static byte[] wrapper(Subscription from, ReceivedMessage received) {
        PubsubMessage message = received.getMessage();
        ObjectNode wrapper = JSON.createObjectNode();
        if (received.getDeliveryAttempt() > 0) {
            wrapper.put("deliveryAttempt", received.getDeliveryAttempt());
        }
        ObjectNode inner = wrapper.putObject("message");
        if (message.getAttributesCount() > 0) {
            ObjectNode attributes = inner.putObject("attributes");
            message.getAttributesMap().forEach(attributes::put);
        }
        if (!message.getData().isEmpty()) {
            inner.put("data", Base64.getEncoder().encodeToString(message.getData().toByteArray()));
        }
        String time = Timestamps.toString(message.getPublishTime());
        inner.put("messageId", message.getMessageId()).put("message_id", message.getMessageId());
        if (!message.getOrderingKey().isEmpty()) {
            inner.put("orderingKey", message.getOrderingKey());
        }
        inner.put("publishTime", time).put("publish_time", time);
        return wrapper.put("subscription", from.getName()).toString().getBytes(UTF_8);
    }

    private static void describe(
            PubsubMessage message, String subscription, Map<String, String> headers) {
        message.getAttributesMap().forEach((key, value) -> attribute(key, value, headers));
        headers.put("x-goog-pubsub-subscription-name", subscription);
        headers.put("x-goog-pubsub-message-id", message.getMessageId());
        headers.put("x-goog-pubsub-publish-time", Timestamps.toString(message.getPublishTime()));
        if (VALUE.matcher(message.getOrderingKey()).matches()
                && !message.getOrderingKey().isEmpty()) {
            headers.put("x-goog-pubsub-ordering-key", message.getOrderingKey());
        }
    }

    private static void attribute(String key, String value, Map<String, String> headers) {
        String name = key.toLowerCase(Locale.ROOT);
        if (HEADER.matcher(name).matches()
                && VALUE.matcher(value).matches()
                && !RESERVED.contains(name)) {
            headers.put(name, value);
        }
    }
}
