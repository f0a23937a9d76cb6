package dev.slipway.local.eventarc;

import com.google.cloud.eventarc.v1.CloudRun;
import com.google.cloud.eventarc.v1.Destination;
import com.google.cloud.eventarc.v1.Trigger;
import dev.slipway.local.Accounts;
import dev.slipway.local.BucketEvents;
import dev.slipway.local.EventTransport;
import dev.slipway.local.ServiceUrls;
import io.grpc.Status;
import java.util.Map;
import java.util.regex.Pattern;

/** What a trigger may be (trigger.proto, and Eventarc's pages on Cloud Run destinations). */
final class TriggerRules {
    private static final Pattern PATH = Pattern.compile("/?[A-Za-z0-9._~!$&'()*+,;=:@%/-]*");
    private static final Pattern LABEL_KEY = Pattern.compile("[a-z][a-z0-9_-]{0,62}");
    private static final Pattern LABEL_VALUE = Pattern.compile("[a-z0-9_-]{0,63}");
    private static final int MOST_LABELS = 64;

    private final Accounts accounts;
    private final EventTransport transport;
    private final BucketEvents buckets;
    private final ServiceUrls services;

    TriggerRules(
            Accounts accounts,
            EventTransport transport,
            BucketEvents buckets,
            ServiceUrls services) {
        this.accounts = accounts;
        this.transport = transport;
        this.buckets = buckets;
        this.services = services;
    }

    /** Throws unless a trigger of this name may be so. */
    void check(TriggerName name, Trigger wanted) {
        refuseUnknown(wanted);
        checkLabels(wanted.getLabelsMap());
        checkDestination(wanted.getDestination());
        checkSource(name, wanted, EventKind.of(wanted));
        if (wanted.getServiceAccount().isEmpty()) {
            throw invalid("trigger.service_account must be set");
        }
        accounts.requireActAs("trigger.service_account", wanted.getServiceAccount());
    }

    private static void refuseUnknown(Trigger wanted) {
        refuse(!wanted.getChannel().isEmpty(), "trigger.channel");
        refuse(wanted.hasRetryPolicy(), "trigger.retry_policy");
        refuse(
                wanted.getEventDataContentType().equals("application/protobuf"),
                "trigger.event_data_content_type application/protobuf");
        if (!wanted.getEventDataContentType().isEmpty()
                && !wanted.getEventDataContentType().equals("application/json")) {
            throw invalid(
                    "trigger.event_data_content_type must be application/json, got "
                            + wanted.getEventDataContentType());
        }
    }

    private void checkDestination(Destination destination) {
        switch (destination.getDescriptorCase()) {
            case CLOUD_RUN -> checkCloudRun(destination.getCloudRun());
            case CLOUD_FUNCTION ->
                    throw invalid(
                            "trigger.destination.cloud_function is read-only; Cloud Functions"
                                    + " makes such triggers");
            case GKE -> throw unimplemented("trigger.destination.gke");
            case WORKFLOW -> throw unimplemented("trigger.destination.workflow");
            case HTTP_ENDPOINT -> throw unimplemented("trigger.destination.http_endpoint");
            case DESCRIPTOR_NOT_SET -> throw invalid("trigger.destination must be set");
        }
        refuse(destination.hasNetworkConfig(), "trigger.destination.network_config");
    }

    private void checkCloudRun(CloudRun target) {
        if (target.getService().isEmpty() || target.getRegion().isEmpty()) {
            throw invalid(
                    "trigger.destination.cloud_run needs service and region, got \"%s\" and \"%s\""
                            .formatted(target.getService(), target.getRegion()));
        }
        if (!PATH.matcher(target.getPath()).matches()) {
            throw invalid(
                    "trigger.destination.cloud_run.path must be a URI's path such as /route, got "
                            + target.getPath());
        }
        if (services.url(target.getRegion(), target.getService()).isEmpty()) {
            throw Status.NOT_FOUND
                    .withDescription(
                            "trigger.destination.cloud_run: there is no Cloud Run service %s in %s; deploy it first"
                                    .formatted(target.getService(), target.getRegion()))
                    .asRuntimeException();
        }
    }

    private void checkSource(TriggerName name, Trigger wanted, EventKind kind) {
        String topic = wanted.getTransport().getPubsub().getTopic();
        switch (kind) {
            case EventKind.Messages() -> checkTopic(name, topic);
            case EventKind.OfBucket(var bucket, _) -> {
                if (!topic.isEmpty()) {
                    throw invalid(
                            "trigger.transport.pubsub.topic can be set only for "
                                    + EventKind.PUBLISHED);
                }
                checkBucket(name, bucket);
            }
        }
    }

    private void checkTopic(TriggerName name, String topic) {
        if (topic.isEmpty()) {
            return;
        }
        if (!topic.matches("projects/[^/]+/topics/[^/]+")) {
            throw invalid(
                    "trigger.transport.pubsub.topic must be projects/PROJECT/topics/TOPIC, got "
                            + topic);
        }
        if (!topic.startsWith("projects/" + name.project() + "/")) {
            throw invalid(
                    "trigger.transport.pubsub.topic must be in the trigger's project, "
                            + name.project());
        }
        if (!transport.hasTopic(topic)) {
            throw Status.NOT_FOUND
                    .withDescription(
                            "trigger.transport.pubsub.topic: there is no topic "
                                    + topic
                                    + "; create it first, or leave it out and one is made")
                    .asRuntimeException();
        }
    }

    private void checkBucket(TriggerName name, String bucket) {
        String location =
                buckets.location(bucket)
                        .orElseThrow(
                                () ->
                                        Status.NOT_FOUND
                                                .withDescription(
                                                        "trigger.event_filters: there is no bucket "
                                                                + bucket)
                                                .asRuntimeException());
        if (!location.equals(name.location())) {
            throw invalid(
                    "Bucket \"%1$s\" location \"%2$s\" does not match trigger location \"%3$s\". Try again by creating the trigger in \"%2$s\"."
                            .formatted(bucket, location, name.location()));
        }
    }

    private static void checkLabels(Map<String, String> labels) {
        labels.forEach(
                (key, value) -> {
                    if (!LABEL_KEY.matcher(key).matches()
                            || !LABEL_VALUE.matcher(value).matches()) {
                        throw invalid(
                                "trigger.labels: %s=%s; keys and values have at most 63 of a-z, 0-9, _ and -, keys begin with a letter"
                                        .formatted(key, value));
                    }
                });
        if (labels.size() > MOST_LABELS) {
            throw invalid("trigger.labels: at most 64, got " + labels.size());
        }
    }

    private static void refuse(boolean set, String field) {
        if (set) {
            throw unimplemented(field);
        }
    }

    static RuntimeException invalid(String why) {
        return Status.INVALID_ARGUMENT
                .withDescription("The request was invalid: " + why)
                .asRuntimeException();
    }

    private static RuntimeException unimplemented(String what) {
        return Status.UNIMPLEMENTED
                .withDescription("The local cloud does not do " + what)
                .asRuntimeException();
    }
}
