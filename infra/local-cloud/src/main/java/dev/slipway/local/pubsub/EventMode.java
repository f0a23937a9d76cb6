package dev.slipway.local.pubsub;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.google.protobuf.util.Timestamps;
import com.google.pubsub.v1.PubsubMessage;
import java.net.URI;
import java.net.URLDecoder;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * What Eventarc asks of a push with the parameter {@code __GCP_CloudEventsMode} of its endpoint: to
 * send a CloudEvent in HTTP's binary mode instead of the message.
 */
sealed interface EventMode {
    /** The parameter's name. */
    String PARAMETER = "__GCP_CloudEventsMode";

    /**
     * A CloudEvent.
     *
     * @param body empty where it is the wrapped message
     */
    record Event(Map<String, String> headers, Optional<byte[]> body) {}

    /** The event that a message is; empty where it is none and goes as a message. */
    Optional<Event> event(PubsubMessage message);

    /** The mode that an endpoint asks for. */
    static EventMode of(String endpoint) {
        String query = Optional.ofNullable(URI.create(endpoint).getRawQuery()).orElse("");
        return Stream.of(query.split("&", -1))
                .filter(parameter -> parameter.startsWith(PARAMETER + "="))
                .findFirst()
                .map(found -> URLDecoder.decode(found.substring(PARAMETER.length() + 1), UTF_8))
                .map(EventMode::named)
                .orElse(new Plain());
    }

    private static EventMode named(String mode) {
        if (mode.equals("GCS_NOTIFICATION")) {
            return new BucketEvent();
        }
        return mode.startsWith(TopicEvent.PREFIX)
                ? new TopicEvent(mode.substring(TopicEvent.PREFIX.length()))
                : new Plain();
    }

    /** No CloudEvents. */
    record Plain() implements EventMode {
        @Override
        public Optional<Event> event(PubsubMessage message) {
            return Optional.empty();
        }
    }

    /**
     * Whatever was published to a topic.
     *
     * @param topic {@code projects/PROJECT/topics/TOPIC}
     */
    record TopicEvent(String topic) implements EventMode {
        private static final String PREFIX = "CUSTOM_PUBSUB_";

        @Override
        public Optional<Event> event(PubsubMessage message) {
            return Optional.of(
                    new Event(
                            headers(
                                    message,
                                    "//pubsub.googleapis.com/" + topic,
                                    "google.cloud.pubsub.topic.v1.messagePublished",
                                    Timestamps.toString(message.getPublishTime())),
                            Optional.empty()));
        }
    }

    /** A bucket's notification, whose data is the object's resource. */
    record BucketEvent() implements EventMode {
        private static final Map<String, String> VERBS =
                Map.of(
                        "OBJECT_FINALIZE", "finalized",
                        "OBJECT_DELETE", "deleted",
                        "OBJECT_ARCHIVE", "archived",
                        "OBJECT_METADATA_UPDATE", "metadataUpdated");

        @Override
        public Optional<Event> event(PubsubMessage message) {
            String verb = VERBS.get(message.getAttributesOrDefault("eventType", ""));
            if (verb == null) {
                return Optional.empty();
            }
            String bucket = message.getAttributesOrDefault("bucketId", "");
            Map<String, String> headers =
                    headers(
                            message,
                            "//storage.googleapis.com/projects/_/buckets/" + bucket,
                            "google.cloud.storage.object.v1." + verb,
                            message.getAttributesOrDefault("eventTime", ""));
            headers.put(
                    "ce-subject",
                    encoded("objects/" + message.getAttributesOrDefault("objectId", "")));
            headers.put("ce-bucket", bucket);
            return Optional.of(new Event(headers, Optional.of(message.getData().toByteArray())));
        }
    }

    private static Map<String, String> headers(
            PubsubMessage message, String source, String type, String time) {
        Map<String, String> headers = new LinkedHashMap<>();
        headers.put("ce-id", message.getMessageId());
        headers.put("ce-source", source);
        headers.put("ce-specversion", "1.0");
        headers.put("ce-type", type);
        headers.put("ce-time", time);
        return headers;
    }

    /**
     * Percent-encodes what a header's value must not hold (CloudEvents' HTTP binding 1.0.2,
     * §3.1.3.2): whatever is not printable ASCII, space, double quote and percent.
     */
    private static String encoded(String value) {
        StringBuilder encoded = new StringBuilder();
        for (byte one : value.getBytes(UTF_8)) {
            if (one > ' ' && one < 0x7f && one != '"' && one != '%') {
                encoded.append((char) one);
            } else {
                encoded.append("%%%02X".formatted(one));
            }
        }
        return encoded.toString();
    }
}
