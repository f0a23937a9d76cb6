package dev.slipway.contracts.manifest;

import dev.slipway.contracts.manifest.Trigger.Change;
import dev.slipway.contracts.manifest.Trigger.Http;
import dev.slipway.contracts.manifest.Trigger.Pubsub;
import dev.slipway.contracts.manifest.Trigger.Storage;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;

/** What calls a service: each once, and in one order. */
final class Triggers {
    private final Given given;
    private final Policy policy;
    private final Option schema;

    private Triggers(Given given, Policy policy) {
        this.given = given;
        this.policy = policy;
        this.schema = ManifestSchema.get().top().field("triggers").item();
    }

    /** Requests over HTTP are what every service takes, whether they are named or not. */
    static List<Trigger> of(Given given, Policy policy) {
        List<Trigger> named = new Triggers(given, policy).named();
        return Stream.concat(Stream.of(new Http()), named.stream())
                .distinct()
                .sorted(Comparator.comparing(Triggers::key))
                .toList();
    }

    /** Whether one is asked for that sends events, be it a correct one or not. */
    static boolean sendsEvents(Given given) {
        return given.items("triggers").anyMatch(item -> item.has("pubsub") || item.has("storage"));
    }

    private List<Trigger> named() {
        List<Trigger> triggers = new ArrayList<>();
        Set<String> before = new HashSet<>();
        for (Given item : given.items("triggers").toList()) {
            for (Trigger trigger : read(item).stream().toList()) {
                if (!before.add(key(trigger))) {
                    given.problems()
                            .unfit(
                                    item.path(),
                                    item.map(),
                                    "is a second " + words(trigger) + "; keep one");
                }
                triggers.add(trigger);
            }
        }
        return triggers;
    }

    private Optional<Trigger> read(Given item) {
        if (item.has("pubsub")) {
            return Optional.of(pubsub(item.inside("pubsub"), schema.field("pubsub")));
        }
        if (item.has("storage")) {
            return Optional.of(storage(item.inside("storage"), schema.field("storage")));
        }
        return item.has("http") ? Optional.of(new Http()) : Optional.empty();
    }

    private Trigger pubsub(Given written, Option allowed) {
        Redelivery redelivery = Redelivery.of(written, allowed);
        return new Pubsub(
                written.has("topic") ? topic(written) : null,
                written.text("path", "/"),
                redelivery.maxDeliveryAttempts(),
                redelivery.minimumBackoff(),
                redelivery.maximumBackoff());
    }

    private String topic(Given written) {
        String topic = written.text("topic", "");
        String ours = "projects/" + policy.project() + "/topics/";
        if (topic.startsWith(ours)) {
            return topic.substring(ours.length());
        }
        if (topic.contains("/")) {
            written.unfit(
                    "topic",
                    "is '"
                            + topic
                            + "', which is in another project; allowed is a topic of the project "
                            + policy.project());
        }
        return topic;
    }

    private static Trigger storage(Given written, Option allowed) {
        Optional<String> bucket = BucketName.parse(written.text("bucket", ""));
        if (written.has("bucket") && bucket.isEmpty()) {
            written.refuse("bucket", allowed.field("bucket").allowed());
        }
        String event = written.text("event", Change.FINALIZED.text());
        if (!event.equals(Change.FINALIZED.text())) {
            written.unfit(
                    "event",
                    "is '" + event + "', which is not supported yet; allowed is finalized");
        }
        Redelivery redelivery = Redelivery.of(written, allowed);
        return new Storage(
                bucket.orElse(""),
                Change.FINALIZED,
                written.text("path", "/"),
                redelivery.maxDeliveryAttempts(),
                redelivery.minimumBackoff(),
                redelivery.maximumBackoff());
    }

    /** Two with the same key would deliver every event twice. */
    private static String key(Trigger trigger) {
        return switch (trigger) {
            case Http() -> "";
            case Pubsub(String topic, String path, _, _, _) ->
                    "pubsub " + (topic == null ? "" : topic) + " " + path;
            case Storage(String bucket, Change event, String path, _, _, _) ->
                    "storage " + bucket + " " + event.text() + " " + path;
        };
    }

    private static String words(Trigger trigger) {
        return switch (trigger) {
            case Http() -> "http trigger";
            case Pubsub(String topic, String path, _, _, _) ->
                    "trigger for "
                            + (topic == null ? "a topic of its own" : "the topic '" + topic + "'")
                            + onPath(path);
            case Storage(String bucket, Change event, String path, _, _, _) ->
                    "trigger for objects "
                            + event.text()
                            + " in the bucket '"
                            + bucket
                            + "'"
                            + onPath(path);
        };
    }

    private static String onPath(String path) {
        return " with the path '" + path + "'";
    }
}
