package dev.slipway.local.storage;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/**
 * A bucket.
 *
 * @param created the tick of its creation
 * @param updated the tick of its last change
 * @param settings what its owner chose: location, versioning, lifecycle, labels, …
 * @param lastNotification the number of the newest notification it ever had
 */
record Bucket(
        String name,
        long created,
        long updated,
        long metageneration,
        ObjectNode settings,
        List<Notification> notifications,
        int lastNotification) {
    private static final long MOST_OF_AN_EVENT = 10;

    Bucket {
        notifications = List.copyOf(notifications);
    }

    boolean versioned() {
        return settings.path("versioning").path("enabled").asBoolean();
    }

    Bucket with(ObjectNode changed, long tick) {
        return new Bucket(
                name, created, tick, metageneration + 1, changed, notifications, lastNotification);
    }

    Bucket withNotification(ObjectNode wanted, long tick) {
        if (Notification.overlap(notifications, wanted) >= MOST_OF_AN_EVENT) {
            throw StorageError.invalid("Too many overlapping notifications for bucket: " + name);
        }
        int number = lastNotification + 1;
        List<Notification> more = new ArrayList<>(notifications);
        more.add(new Notification(Integer.toString(number), wanted));
        return new Bucket(name, created, tick, metageneration + 1, settings, more, number);
    }

    Bucket withoutNotification(String id, long tick) {
        List<Notification> fewer =
                notifications.stream().filter(one -> !one.id().equals(id)).toList();
        return new Bucket(
                name, created, tick, metageneration + 1, settings, fewer, lastNotification);
    }

    /** The resource {@code storage#bucket}. */
    ObjectNode resource(Links links, long projectNumber) {
        ObjectNode resource =
                Json.object()
                        .put("kind", "storage#bucket")
                        .put("id", name)
                        .put("selfLink", links.bucket(name))
                        .put("name", name)
                        .put("projectNumber", Long.toString(projectNumber))
                        .put("generation", Long.toString(created))
                        .put("metageneration", Long.toString(metageneration))
                        .put("etag", Etag.of(metageneration))
                        .put("timeCreated", Ticks.text(created))
                        .put("updated", Ticks.text(updated))
                        .put("locationType", location().contains("-") ? "region" : "multi-region")
                        .put("storageClass", "STANDARD");
        resource.setAll(settings.deepCopy());
        resource.put("location", location());
        access(resource);
        if (resource.path("retentionPolicy") instanceof ObjectNode retention
                && !retention.has("effectiveTime")) {
            retention.put("effectiveTime", Ticks.text(updated));
        }
        return resource;
    }

    String location() {
        return Json.text(settings.path("location"), "US").toUpperCase(Locale.ROOT);
    }

    private static void access(ObjectNode resource) {
        ObjectNode iam = resource.withObject("/iamConfiguration");
        JsonNode uniform = iam.path("uniformBucketLevelAccess");
        if (!uniform.isObject()) {
            iam.putObject("uniformBucketLevelAccess").put("enabled", true);
        }
        if (!iam.has("publicAccessPrevention")) {
            iam.put("publicAccessPrevention", "inherited");
        }
    }
}
