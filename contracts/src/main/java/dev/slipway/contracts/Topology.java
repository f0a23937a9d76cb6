package dev.slipway.contracts;

import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.List;
import java.util.Objects;
import java.util.function.Function;
import java.util.function.Predicate;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * Every topic, subscription, bucket and identity of one installation, with their policies, as
 * {@code topology.json} states them. Names are the short ones ({@code slipway-source-stored}),
 * without {@code projects/…} before them.
 */
public record Topology(
        List<Topic> topics,
        SubscriptionPolicy subscriptionPolicy,
        List<Subscription> subscriptions,
        List<Bucket> buckets,
        List<Identity> identities) {
    /**
     * A topic; {@code id} is what code asks for, {@code name} what the cloud calls it. What comes
     * to one that is {@code kept} stays in a subscription of the topic's own name, which no worker
     * consumes.
     */
    public record Topic(String id, String name, boolean kept) {}

    /** What all subscriptions have in common. Durations in seconds; Pub/Sub: Subscription. */
    public record SubscriptionPolicy(
            int ackDeadlineSeconds,
            int messageRetentionSeconds,
            int minimumBackoffSeconds,
            int maximumBackoffSeconds,
            int maxDeliveryAttempts,
            boolean expires,
            String deadLetterName) {}

    /**
     * A subscription; {@code topic} and {@code consumer} are ids, {@code deadLetter} names a topic
     * and its own subscription.
     */
    public record Subscription(
            String id,
            String name,
            String topic,
            String consumer,
            @Nullable String filter,
            @Nullable String deadLetter) {
        /**
         * The name of the topic, and of the subscription on it, that takes what cannot be handled.
         */
        public String deadLetterName() {
            return Objects.requireNonNull(deadLetter);
        }
    }

    /** A bucket of the chain's own. */
    public record Bucket(
            String id,
            String name,
            boolean versioning,
            int deleteNoncurrentAfterDays,
            List<Notification> notifications) {}

    /** A Cloud Storage notification; {@code topic} is an id. */
    public record Notification(
            String topic,
            List<String> eventTypes,
            String payloadFormat,
            @Nullable String objectNamePrefix) {}

    /** A service account and what it may do. */
    public record Identity(String id, String name, boolean worker, List<Grant> grants) {
        /** The account's address. */
        public String email(String project) {
            return name + "@" + project + ".iam.gserviceaccount.com";
        }
    }

    /**
     * Permissions on {@code project}, {@code bucket:ID}, {@code topic:ID}, {@code subscription:ID}
     * or {@code identity:ID}.
     */
    public record Grant(String on, List<String> permissions, @Nullable String prefix) {}

    /**
     * The topology of one installation.
     *
     * @param project the project's id, for example {@code local-project}
     * @param installation the first part of every name but Google's own, for example {@code
     *     slipway}
     */
    public static Topology of(String project, String installation) {
        Function<String, String> fill =
                text -> text.replace("{project}", project).replace("{installation}", installation);
        Topology raw = Raw.TOPOLOGY;
        return new Topology(
                raw.topics.stream().map(t -> new Topic(t.id, fill.apply(t.name), t.kept)).toList(),
                raw.subscriptionPolicy,
                raw.subscriptions.stream()
                        .map(s -> named(s, fill, raw.subscriptionPolicy))
                        .toList(),
                raw.buckets.stream()
                        .map(
                                b ->
                                        new Bucket(
                                                b.id,
                                                fill.apply(b.name),
                                                b.versioning,
                                                b.deleteNoncurrentAfterDays,
                                                b.notifications))
                        .toList(),
                raw.identities.stream()
                        .map(i -> new Identity(i.id, fill.apply(i.name), i.worker, i.grants))
                        .toList());
    }

    /** The file, read once. */
    private static final class Raw {
        private static final Topology TOPOLOGY = read();
    }

    private static Subscription named(
            Subscription raw, Function<String, String> fill, SubscriptionPolicy policy) {
        String name = fill.apply(raw.name);
        String dead = policy.deadLetterName.replace("{subscription}", name);
        return new Subscription(raw.id, name, raw.topic, raw.consumer, raw.filter, dead);
    }

    private static Topology read() {
        try (InputStream in =
                Objects.requireNonNull(Topology.class.getResourceAsStream("topology.json"))) {
            return JsonMapper.builder()
                    .enable(DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES)
                    .disable(DeserializationFeature.FAIL_ON_NULL_FOR_PRIMITIVES)
                    .build()
                    .readValue(in, Topology.class);
        } catch (IOException e) {
            throw new UncheckedIOException("topology.json on the class path does not parse", e);
        }
    }

    /** The topic with this id. */
    public Topic topic(String id) {
        return only(topics.stream(), t -> t.id.equals(id), "topic", id);
    }

    /** The subscription with this id. */
    public Subscription subscription(String id) {
        return only(subscriptions.stream(), s -> s.id.equals(id), "subscription", id);
    }

    /** The bucket with this id. */
    public Bucket bucket(String id) {
        return only(buckets.stream(), b -> b.id.equals(id), "bucket", id);
    }

    /** The identity with this id. */
    public Identity identity(String id) {
        return only(identities.stream(), i -> i.id.equals(id), "identity", id);
    }

    private static <T> T only(Stream<T> all, Predicate<T> wanted, String kind, String id) {
        return all.filter(wanted)
                .findFirst()
                .orElseThrow(
                        () ->
                                new IllegalArgumentException(
                                        "topology.json has no " + kind + " with id " + id));
    }
}
