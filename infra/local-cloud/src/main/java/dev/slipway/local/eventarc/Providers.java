package dev.slipway.local.eventarc;

import com.google.cloud.eventarc.v1.EventType;
import com.google.cloud.eventarc.v1.FilteringAttribute;
import com.google.cloud.eventarc.v1.Provider;
import java.util.List;

/** Whose events there are here. */
final class Providers {
    private Providers() {}

    /**
     * All of them.
     *
     * @param parent {@code projects/PROJECT/locations/LOCATION}
     */
    static List<Provider> of(String parent) {
        Provider.Builder storage =
                Provider.newBuilder()
                        .setName(parent + "/providers/storage.googleapis.com")
                        .setDisplayName("Cloud Storage");
        EventKind.BUCKET_EVENTS.keySet().stream()
                .sorted()
                .map(
                        type ->
                                type(
                                                type,
                                                "An object is "
                                                        + type.substring(
                                                                EventKind.STORAGE.length()))
                                        .addFilteringAttributes(attribute("bucket")))
                .forEach(storage::addEventTypes);
        return List.of(
                Provider.newBuilder()
                        .setName(parent + "/providers/pubsub.googleapis.com")
                        .setDisplayName("Cloud Pub/Sub")
                        .addEventTypes(
                                type(EventKind.PUBLISHED, "A message is published to a topic"))
                        .build(),
                storage.build());
    }

    private static EventType.Builder type(String type, String description) {
        return EventType.newBuilder()
                .setType(type)
                .setDescription(description)
                .addFilteringAttributes(attribute("type"));
    }

    private static FilteringAttribute attribute(String name) {
        return FilteringAttribute.newBuilder().setAttribute(name).setRequired(true).build();
    }
}
