package dev.slipway.deploy.google;

import com.google.cloud.eventarc.v1.CloudRun;
import com.google.cloud.eventarc.v1.Destination;
import com.google.cloud.eventarc.v1.EventFilter;
import com.google.cloud.eventarc.v1.Pubsub;
import com.google.cloud.eventarc.v1.StateCondition;
import com.google.cloud.eventarc.v1.Transport;
import com.google.cloud.eventarc.v1.Trigger;
import com.google.pubsub.v1.TopicName;
import dev.slipway.contracts.ServiceKey;
import dev.slipway.contracts.ServiceName;
import dev.slipway.contracts.Shown;
import dev.slipway.contracts.manifest.Trigger.OfEvents;
import dev.slipway.contracts.manifest.Trigger.Storage;
import dev.slipway.deploy.decide.TriggerPlan;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** Our plans as Eventarc's triggers, and back. */
final class EventarcShapes {
    private static final String INSTALLATION = "slipway-installation";
    private static final String SERVICE = "slipway-service";
    private static final String REGION = "slipway-region";
    private static final String PUBLISHED = "google.cloud.pubsub.topic.v1.messagePublished";
    private static final String OF_OBJECTS = "google.cloud.storage.object.v1.";

    private EventarcShapes() {}

    /**
     * The trigger that is asked for.
     *
     * @param serviceAccount whose token its calls carry, an e-mail address
     */
    static Trigger of(
            TriggerPlan plan, String project, String installation, String serviceAccount) {
        Trigger.Builder trigger =
                Trigger.newBuilder()
                        .setServiceAccount(serviceAccount)
                        .setDestination(Destination.newBuilder().setCloudRun(destination(plan)))
                        .putLabels(INSTALLATION, installation)
                        .putLabels(SERVICE, plan.service().service().value())
                        .putLabels(REGION, plan.service().region());
        return filtered(trigger, plan.trigger(), project).build();
    }

    private static CloudRun destination(TriggerPlan plan) {
        CloudRun.Builder destination =
                CloudRun.newBuilder()
                        .setService(plan.service().service().value())
                        .setRegion(plan.service().region());
        String path = plan.trigger().path();
        return path.equals("/") ? destination.build() : destination.setPath(path).build();
    }

    private static Trigger.Builder filtered(
            Trigger.Builder trigger, OfEvents source, String project) {
        return switch (source) {
            case dev.slipway.contracts.manifest.Trigger.Pubsub(String topic, _, _, _, _) ->
                    trigger.addEventFilters(filter("type", PUBLISHED))
                            .setTransport(transport(topic, project));
            case Storage(String bucket, var event, _, _, _, _) ->
                    trigger.addEventFilters(filter("type", OF_OBJECTS + event.text()))
                            .addEventFilters(filter("bucket", bucket));
        };
    }

    private static EventFilter filter(String attribute, String value) {
        return EventFilter.newBuilder().setAttribute(attribute).setValue(value).build();
    }

    /** Without a topic Eventarc makes one. */
    private static Transport transport(@Nullable String topic, String project) {
        Pubsub.Builder pubsub = Pubsub.newBuilder();
        return Transport.newBuilder()
                .setPubsub(
                        topic == null ? pubsub : pubsub.setTopic(TopicName.format(project, topic)))
                .build();
    }

    /** The service that a trigger of this installation is for; empty for everybody else's. */
    static Optional<ServiceKey> service(Trigger trigger, String installation) {
        Map<String, String> labels = trigger.getLabelsMap();
        if (!installation.equals(labels.get(INSTALLATION)) || !labels.containsKey(REGION)) {
            return Optional.empty();
        }
        return ServiceName.parse(labels.getOrDefault(SERVICE, ""))
                .map(name -> new ServiceKey(labels.getOrDefault(REGION, ""), name));
    }

    /** {@code projects/P/locations/LOCATION/triggers/ID}. */
    static String location(Trigger trigger) {
        return trigger.getName().split("/", -1)[3];
    }

    static String id(Trigger trigger) {
        return trigger.getName().substring(trigger.getName().lastIndexOf('/') + 1);
    }

    /** Why a trigger is in a failed state; null where it is not. */
    static @Nullable String failure(Trigger trigger) {
        return trigger.getConditionsMap().isEmpty()
                ? null
                : trigger.getConditionsMap().entrySet().stream()
                        .sorted(Map.Entry.comparingByKey())
                        .map(condition -> says(condition.getKey(), condition.getValue()))
                        .collect(Collectors.joining("; "));
    }

    private static String says(String name, StateCondition condition) {
        return Shown.of(name + " " + condition.getCode() + " " + condition.getMessage(), 500);
    }
}
