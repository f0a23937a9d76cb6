package dev.slipway.local.eventarc;

import com.google.cloud.eventarc.v1.EventFilter;
import com.google.cloud.eventarc.v1.Trigger;
import io.grpc.Status;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;

/** Which events a trigger wants, as its filters say. */
sealed interface EventKind {
    /** The type of every message that is published to a topic. */
    String PUBLISHED = "google.cloud.pubsub.topic.v1.messagePublished";

    /** What the types of bucket events begin with. */
    String STORAGE = "google.cloud.storage.object.v1.";

    /** The types of bucket events, and what Cloud Storage itself calls them. */
    Map<String, String> BUCKET_EVENTS =
            Map.of(
                    STORAGE + "finalized", "OBJECT_FINALIZE",
                    STORAGE + "deleted", "OBJECT_DELETE",
                    STORAGE + "archived", "OBJECT_ARCHIVE",
                    STORAGE + "metadataUpdated", "OBJECT_METADATA_UPDATE");

    /** Messages of the topic that is the trigger's transport. */
    record Messages() implements EventKind {}

    /**
     * One kind of a bucket's events.
     *
     * @param storageType for example {@code OBJECT_FINALIZE}
     */
    record OfBucket(String bucket, String storageType) implements EventKind {}

    /** Reads the filters; throws INVALID_ARGUMENT or UNIMPLEMENTED, naming the filter. */
    static EventKind of(Trigger trigger) {
        Map<String, String> filters = exact(trigger.getEventFiltersList());
        String type = filters.remove("type");
        if (type == null || type.isEmpty()) {
            throw invalid("a filter for the attribute type is missing");
        }
        if (type.equals(PUBLISHED)) {
            requireOnly(type, Set.of(), filters);
            return new Messages();
        }
        String storageType = BUCKET_EVENTS.get(type);
        if (storageType != null) {
            requireOnly(type, Set.of("bucket"), filters);
            return new OfBucket(filters.getOrDefault("bucket", ""), storageType);
        }
        throw Status.UNIMPLEMENTED
                .withDescription(
                        "trigger.event_filters: the local cloud does not do events of type %s; it does %s and %s"
                                .formatted(
                                        type,
                                        PUBLISHED,
                                        BUCKET_EVENTS.keySet().stream().sorted().toList()))
                .asRuntimeException();
    }

    private static Map<String, String> exact(List<EventFilter> filters) {
        Map<String, String> exact = new LinkedHashMap<>();
        for (EventFilter filter : filters) {
            if (!filter.getOperator().isEmpty()) {
                throw invalid(
                        "the attribute %s takes no operator here, got %s"
                                .formatted(filter.getAttribute(), filter.getOperator()));
            }
            if (exact.put(filter.getAttribute(), filter.getValue()) != null) {
                throw invalid("the attribute " + filter.getAttribute() + " is named twice");
            }
        }
        return exact;
    }

    private static void requireOnly(String type, Set<String> wanted, Map<String, String> found) {
        Set<String> present =
                found.entrySet().stream()
                        .filter(filter -> !filter.getValue().isEmpty())
                        .map(Map.Entry::getKey)
                        .collect(Collectors.toSet());
        if (!found.keySet().equals(wanted) || !present.equals(wanted)) {
            throw invalid(
                    "%s needs filters for type and %s, each with a value, and no other; got %s"
                            .formatted(type, wanted, found.keySet()));
        }
    }

    private static RuntimeException invalid(String why) {
        return Status.INVALID_ARGUMENT
                .withDescription("The request was invalid: trigger.event_filters: " + why)
                .asRuntimeException();
    }
}
