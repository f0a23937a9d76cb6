package dev.slipway.local.pubsub;

import com.google.protobuf.Duration;
import com.google.protobuf.util.Durations;
import com.google.pubsub.v1.PubsubMessage;
import com.google.pubsub.v1.Topic;
import java.nio.charset.StandardCharsets;
import java.util.List;

/** What a topic and a published message may be (Pub/Sub's quotas page and pubsub.proto). */
final class TopicRules {
    private static final Duration LEAST_RETENTION = Durations.fromMinutes(10);
    private static final Duration MOST_RETENTION = Durations.fromDays(31);
    private static final int MOST_MESSAGES = 1000;
    private static final int MOST_REQUEST_BYTES = 10 << 20;
    private static final int MOST_DATA_BYTES = 10_000_000;
    private static final int MOST_ATTRIBUTES = 100;
    private static final int MOST_KEY_BYTES = 256;
    private static final int MOST_VALUE_BYTES = 1024;
    private static final int MOST_ORDERING_KEY_BYTES = 1024;

    private TopicRules() {}

    /** The topic as it is kept; throws INVALID_ARGUMENT or UNIMPLEMENTED, naming the field. */
    static Topic complete(Topic topic) {
        Names.checkLabels(topic.getLabelsMap());
        if (topic.hasMessageRetentionDuration()) {
            checkRetention("message_retention_duration", topic.getMessageRetentionDuration());
        }
        refuse(topic.hasMessageStoragePolicy(), "message_storage_policy");
        refuse(!topic.getKmsKeyName().isEmpty(), "kms_key_name");
        refuse(topic.hasSchemaSettings(), "schema_settings");
        refuse(topic.hasIngestionDataSourceSettings(), "ingestion_data_source_settings");
        refuse(topic.getMessageTransformsCount() > 0, "message_transforms");
        refuse(topic.getTagsCount() > 0, "tags");
        return topic.toBuilder().clearSatisfiesPzs().setState(Topic.State.ACTIVE).build();
    }

    /** Throws UNIMPLEMENTED where a field is set that this cloud does nothing with. */
    static void refuse(boolean set, String field) {
        if (set) {
            throw Refusal.unimplemented(field);
        }
    }

    /** Throws INVALID_ARGUMENT unless it is 10 minutes to 31 days. */
    static void checkRetention(String field, Duration found) {
        if (!Durations.isValid(found)
                || Durations.compare(found, LEAST_RETENTION) < 0
                || Durations.compare(found, MOST_RETENTION) > 0) {
            throw Refusal.outOfRange(
                    field,
                    found.getSeconds() + "s",
                    LEAST_RETENTION.getSeconds() + "s",
                    MOST_RETENTION.getSeconds() + "s");
        }
    }

    /** Throws INVALID_ARGUMENT unless all of these may be published in one request. */
    static void checkMessages(List<PubsubMessage> messages, int requestBytes) {
        if (messages.isEmpty() || messages.size() > MOST_MESSAGES) {
            throw Refusal.outOfRange("message_count", messages.size(), 1, MOST_MESSAGES);
        }
        if (requestBytes > MOST_REQUEST_BYTES) {
            throw Refusal.outOfRange("request_size", requestBytes, 0, MOST_REQUEST_BYTES);
        }
        messages.forEach(TopicRules::checkMessage);
    }

    private static void checkMessage(PubsubMessage message) {
        if (message.getData().isEmpty() && message.getAttributesCount() == 0) {
            throw Refusal.invalid(
                    "Some messages in the batch are invalid: a message must have data or at least"
                            + " one attribute.");
        }
        if (message.getData().size() > MOST_DATA_BYTES) {
            throw Refusal.outOfRange("data", message.getData().size(), 0, MOST_DATA_BYTES);
        }
        if (message.getAttributesCount() > MOST_ATTRIBUTES) {
            throw Refusal.outOfRange(
                    "attributes", message.getAttributesCount(), 0, MOST_ATTRIBUTES);
        }
        checkBytes("ordering_key", message.getOrderingKey(), MOST_ORDERING_KEY_BYTES);
        message.getAttributesMap().forEach(TopicRules::checkAttribute);
    }

    private static void checkAttribute(String key, String value) {
        checkBytes("attribute key", key, MOST_KEY_BYTES);
        checkBytes("attribute value", value, MOST_VALUE_BYTES);
        if (key.isEmpty() || (key.startsWith("goog") && !key.startsWith("googclient_"))) {
            throw Refusal.invalid(
                    "The attribute key %s is invalid: it must not be empty or start with goog.",
                    key);
        }
    }

    private static void checkBytes(String field, String text, int most) {
        int bytes = text.getBytes(StandardCharsets.UTF_8).length;
        if (bytes > most) {
            throw Refusal.outOfRange(field, bytes + " bytes", 0, most);
        }
    }
}
