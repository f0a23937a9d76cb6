package dev.slipway.local.eventarc;

import com.google.cloud.eventarc.v1.CloudRun;
import com.google.cloud.eventarc.v1.Pubsub;
import com.google.cloud.eventarc.v1.Transport;
import com.google.cloud.eventarc.v1.Trigger;
import com.google.protobuf.util.Durations;
import com.google.pubsub.v1.ExpirationPolicy;
import com.google.pubsub.v1.PushConfig;
import com.google.pubsub.v1.RetryPolicy;
import com.google.pubsub.v1.Subscription;
import com.google.pubsub.v1.Topic;
import dev.slipway.local.Accounts;
import dev.slipway.local.BucketEvents;
import dev.slipway.local.EventTransport;
import dev.slipway.local.ServiceUrls;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.Optional;
import java.util.random.RandomGenerator;

/**
 * What a trigger is made of: a topic, unless the user has one, a push subscription on it, and for a
 * bucket's events a notification to it. Names and settings are those seen on Google Cloud.
 */
final class Plumbing {
    private static final int RETENTION_HOURS = 24;
    private static final int LEAST_BACKOFF_SECONDS = 10;
    private static final int MOST_BACKOFF_SECONDS = 600;

    /** Pub/Sub's default, which Eventarc leaves. */
    private static final int ACK_DEADLINE_SECONDS = 10;

    private final EventTransport transport;
    private final BucketEvents buckets;
    private final ServiceUrls services;
    private final RandomGenerator random;

    Plumbing(
            EventTransport transport,
            BucketEvents buckets,
            ServiceUrls services,
            RandomGenerator random) {
        this.transport = transport;
        this.buckets = buckets;
        this.services = services;
        this.random = random;
    }

    /** The names of what is to be made for a trigger. */
    Transport plan(TriggerName name, Trigger trigger) {
        String own = "eventarc-" + name.location() + "-" + name.id() + "-";
        String given = trigger.getTransport().getPubsub().getTopic();
        String topic =
                given.isEmpty()
                        ? "projects/" + name.project() + "/topics/" + own + digits(3)
                        : given;
        String subscription =
                "projects/%s/subscriptions/%s%s-sub-%s"
                        .formatted(name.project(), own, digits(6), digits(3));
        return Transport.newBuilder()
                .setPubsub(Pubsub.newBuilder().setTopic(topic).setSubscription(subscription))
                .build();
    }

    private String digits(int count) {
        int least = (int) Math.pow(10, count - 1);
        return Integer.toString(random.nextInt(least, 10 * least));
    }

    /** Makes topic and subscription; if the last fails, the first is gone again. */
    void connect(TriggerName name, Trigger trigger, boolean ownTopic) {
        Map<String, String> labels =
                Map.of(
                        "goog-eventarc", "",
                        "goog-drz-eventarc-location", name.location(),
                        "goog-drz-eventarc-uuid", trigger.getUid());
        Pubsub names = trigger.getTransport().getPubsub();
        if (ownTopic) {
            transport.create(
                    Topic.newBuilder().setName(names.getTopic()).putAllLabels(labels).build());
        }
        try {
            transport.create(
                    Subscription.newBuilder()
                            .setName(names.getSubscription())
                            .setTopic(names.getTopic())
                            .putAllLabels(labels)
                            .setAckDeadlineSeconds(ACK_DEADLINE_SECONDS)
                            .setMessageRetentionDuration(Durations.fromHours(RETENTION_HOURS))
                            .setExpirationPolicy(ExpirationPolicy.getDefaultInstance())
                            .setRetryPolicy(
                                    RetryPolicy.newBuilder()
                                            .setMinimumBackoff(
                                                    Durations.fromSeconds(LEAST_BACKOFF_SECONDS))
                                            .setMaximumBackoff(
                                                    Durations.fromSeconds(MOST_BACKOFF_SECONDS)))
                            .setPushConfig(push(trigger).orElseThrow())
                            .build());
        } catch (RuntimeException e) {
            if (ownTopic) {
                transport.deleteTopic(names.getTopic());
            }
            throw e;
        }
    }

    /** Where a trigger's events go; empty while its service is not there. */
    private Optional<PushConfig> push(Trigger trigger) {
        CloudRun target = trigger.getDestination().getCloudRun();
        return services.url(target.getRegion(), target.getService())
                .map(url -> push(trigger, url, target.getPath()));
    }

    private static PushConfig push(Trigger trigger, String url, String path) {
        String slash = path.isEmpty() || path.startsWith("/") ? "" : "/";
        return PushConfig.newBuilder()
                .setPushEndpoint(url + slash + path + "?__GCP_CloudEventsMode=" + mode(trigger))
                .setOidcToken(
                        PushConfig.OidcToken.newBuilder()
                                .setServiceAccountEmail(Accounts.email(trigger.getServiceAccount()))
                                .setAudience(url))
                .build();
    }

    private static String mode(Trigger trigger) {
        return switch (EventKind.of(trigger)) {
            case EventKind.Messages() ->
                    "CUSTOM_PUBSUB_"
                            + URLEncoder.encode(
                                    trigger.getTransport().getPubsub().getTopic(),
                                    StandardCharsets.UTF_8);
            case EventKind.OfBucket _ -> "GCS_NOTIFICATION";
        };
    }

    /**
     * Lets the subscription push where the trigger now says; everything else of it stays as its
     * users left it. Where service or subscription are gone, nothing changes.
     */
    void redirect(Trigger trigger) {
        String name = trigger.getTransport().getPubsub().getSubscription();
        Optional<PushConfig> wanted = push(trigger);
        if (wanted.isPresent() && transport.subscription(name).isPresent()) {
            transport.change(name, was -> was.toBuilder().setPushConfig(wanted.get()).build());
        }
    }

    /** Lets the bucket tell its events; the id is empty where the trigger has no bucket. */
    Made tell(Trigger trigger, boolean ownTopic) {
        return switch (EventKind.of(trigger)) {
            case EventKind.Messages() -> new Made(ownTopic, "", "");
            case EventKind.OfBucket(var bucket, var type) ->
                    new Made(
                            ownTopic,
                            bucket,
                            buckets.tell(
                                    bucket, trigger.getTransport().getPubsub().getTopic(), type));
        };
    }

    void silence(Made made) {
        if (!made.notification().isEmpty()) {
            buckets.silence(made.bucket(), made.notification());
        }
    }

    /** Removes what was made, in the order in which nothing is delivered by halves. */
    void disconnect(Trigger trigger, Made made) {
        silence(made);
        transport.deleteSubscription(trigger.getTransport().getPubsub().getSubscription());
        if (made.topic()) {
            transport.deleteTopic(trigger.getTransport().getPubsub().getTopic());
        }
    }
}
