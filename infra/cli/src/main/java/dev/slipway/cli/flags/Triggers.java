package dev.slipway.cli.flags;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.slipway.cli.terminal.Problem;
import dev.slipway.contracts.Shown;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** The trigger options of {@code gcloud functions deploy}. Several of them are several triggers. */
final class Triggers {
    private static final String FIELD = "triggers";
    private static final String MESSAGE = "google.cloud.pubsub.topic.v1.messagePublished";
    private static final String STORAGE = "google.cloud.storage.object.v1.";

    private Triggers() {}

    static List<Flag> flags() {
        return List.of(
                new Flag(
                        List.of("--trigger-http"),
                        "",
                        "Call it over HTTP; so every service can be.",
                        FIELD,
                        (edit, flag, values) -> edit.trigger("http", object(), flag)),
                new Flag(
                        List.of("--trigger-topic"),
                        "TOPIC",
                        "Call it with each message of this Pub/Sub topic.",
                        FIELD,
                        (edit, flag, values) -> topics(edit, flag, values)),
                new Flag(
                        List.of("--trigger-bucket"),
                        "BUCKET",
                        "Call it for each object that is completed in this bucket.",
                        FIELD,
                        (edit, flag, values) -> buckets(edit, flag, values)),
                new Flag(
                        List.of("--trigger-event-filters", "--event-filters"),
                        "FILTERS",
                        "type=TYPE,bucket=BUCKET, with a storage or Pub/Sub event's type.",
                        FIELD,
                        (edit, flag, values) -> filters(edit, flag, values)));
    }

    private static ObjectNode object() {
        return JsonNodeFactory.instance.objectNode();
    }

    private static void topics(Edit edit, String flag, List<String> topics) {
        topics.forEach(topic -> edit.trigger("pubsub", object().put("topic", topic), flag));
    }

    private static void buckets(Edit edit, String flag, List<String> buckets) {
        buckets.forEach(bucket -> edit.trigger("storage", storage(bucket, "finalized"), flag));
    }

    /** gcloud takes a bucket with {@code gs://} before it and a slash behind it, too. */
    private static ObjectNode storage(String bucket, String event) {
        return object().put("bucket", bucket.replaceFirst("^gs://", "").replaceFirst("/$", ""))
                .put("event", event);
    }

    private static void filters(Edit edit, String flag, List<String> values) {
        Map<String, String> filters = KeyValues.map(flag, values);
        String type = filters.getOrDefault("type", "");
        if (type.equals(MESSAGE) && filters.keySet().equals(Set.of("type"))) {
            throw Problem.usage(
                    flag + " type=" + MESSAGE + " names no topic",
                    "Name it with --trigger-topic TOPIC.");
        }
        if (!type.startsWith(STORAGE) || !filters.keySet().equals(Set.of("type", "bucket"))) {
            throw Problem.usage(
                    flag
                            + " "
                            + Shown.of(String.join(",", filters.keySet()))
                            + (type.isEmpty() ? "" : " with type " + Shown.of(type))
                            + " is an event that Slipway does not wire yet",
                    "What it does: --trigger-topic TOPIC, --trigger-bucket BUCKET, and "
                            + flag
                            + " type="
                            + STORAGE
                            + "deleted,bucket=BUCKET.");
        }
        String bucket = filters.getOrDefault("bucket", "");
        edit.trigger("storage", storage(bucket, type.substring(STORAGE.length())), flag);
    }
}
