package dev.slipway.local.storage;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.google.protobuf.ByteString;
import com.google.pubsub.v1.PublishRequest;
import com.google.pubsub.v1.PubsubMessage;
import java.util.List;
import java.util.Set;
import java.util.regex.Pattern;

/**
 * What of a bucket's changes is told to which topic.
 *
 * @param id its number within the bucket
 * @param settings topic, event_types, payload_format, object_name_prefix, custom_attributes
 */
record Notification(String id, ObjectNode settings) {
    private static final Pattern TOPIC =
            Pattern.compile("//pubsub\\.googleapis\\.com/(projects/[^/]+/topics/[^/]+)");
    private static final Set<String> EVENT_TYPES =
            Set.of("OBJECT_FINALIZE", "OBJECT_METADATA_UPDATE", "OBJECT_DELETE", "OBJECT_ARCHIVE");
    private static final Set<String> PAYLOAD_FORMATS = Set.of("JSON_API_V1", "NONE");
    private static final List<String> FIELDS =
            List.of(
                    "topic",
                    "event_types",
                    "payload_format",
                    "object_name_prefix",
                    "custom_attributes");
    private static final int MOST_ATTRIBUTES = 10;

    /** What of a caller's wish is kept; refuses what Cloud Storage refuses. */
    static ObjectNode settings(ObjectNode wanted) {
        ObjectNode settings = wanted.deepCopy();
        settings.retain(FIELDS);
        if (!TOPIC.matcher(Json.text(settings.path("topic"), "")).matches()) {
            throw StorageError.invalid(
                    "Invalid topic: '%s'; wanted: //pubsub.googleapis.com/projects/P/topics/T"
                            .formatted(Json.text(settings.path("topic"), "")));
        }
        if (!PAYLOAD_FORMATS.contains(Json.text(settings.path("payload_format"), ""))) {
            throw StorageError.invalid("Invalid payload_format; allowed: JSON_API_V1, NONE");
        }
        for (JsonNode type : settings.path("event_types")) {
            if (!EVENT_TYPES.contains(type.asText())) {
                throw StorageError.invalid("Invalid event type: " + type.asText());
            }
        }
        if (settings.path("custom_attributes").size() > MOST_ATTRIBUTES) {
            throw StorageError.invalid("More than 10 custom attributes");
        }
        return settings;
    }

    /** How many of these tell the event that most of them tell, of those that one more would. */
    static long overlap(List<Notification> notifications, ObjectNode wanted) {
        return EVENT_TYPES.stream()
                .filter(type -> names(wanted, type))
                .mapToLong(
                        type ->
                                notifications.stream()
                                        .filter(one -> names(one.settings(), type))
                                        .count())
                .max()
                .orElse(0);
    }

    /** No types at all means every type. */
    private static boolean names(ObjectNode settings, String type) {
        JsonNode types = settings.path("event_types");
        return types.isEmpty() || types.valueStream().anyMatch(one -> one.asText().equals(type));
    }

    boolean tells(Event event) {
        String prefix = Json.text(settings.path("object_name_prefix"), "");
        return event.object().name().startsWith(prefix) && names(settings, event.type());
    }

    /** The message that tells it. */
    PublishRequest message(Event event, Links links) {
        String bucket = event.object().bucket();
        PubsubMessage.Builder message = PubsubMessage.newBuilder();
        settings.path("custom_attributes")
                .properties()
                .forEach(one -> message.putAttributes(one.getKey(), one.getValue().asText()));
        message.putAttributes(
                        "notificationConfig",
                        "projects/_/buckets/" + bucket + "/notificationConfigs/" + id)
                .putAttributes("eventType", event.type())
                .putAttributes("payloadFormat", settings.path("payload_format").asText())
                .putAttributes("bucketId", bucket)
                .putAttributes("objectId", event.object().name())
                .putAttributes("objectGeneration", Long.toString(event.object().generation()))
                .putAttributes("eventTime", Ticks.preciseText(event.tick()));
        if (event.other() != 0) {
            message.putAttributes(
                    event.type().equals(Event.FINALIZE)
                            ? "overwroteGeneration"
                            : "overwrittenByGeneration",
                    Long.toString(event.other()));
        }
        if (settings.path("payload_format").asText().equals("JSON_API_V1")) {
            message.setData(ByteString.copyFrom(Json.write(event.object().resource(links))));
        }
        String topic = settings.path("topic").asText().replace("//pubsub.googleapis.com/", "");
        return PublishRequest.newBuilder().setTopic(topic).addMessages(message).build();
    }

    /** The resource {@code storage#notification}. */
    ObjectNode resource(Links links, String bucket) {
        ObjectNode resource =
                Json.object()
                        .put("kind", "storage#notification")
                        .put("id", id)
                        .put("selfLink", links.bucket(bucket) + "/notificationConfigs/" + id)
                        .put("etag", id);
        return resource.setAll(settings);
    }
}
