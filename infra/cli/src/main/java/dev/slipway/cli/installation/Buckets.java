package dev.slipway.cli.installation;

import com.google.cloud.storage.Bucket;
import com.google.cloud.storage.BucketInfo;
import com.google.cloud.storage.BucketInfo.IamConfiguration;
import com.google.cloud.storage.BucketInfo.LifecycleRule;
import com.google.cloud.storage.BucketInfo.LifecycleRule.LifecycleAction;
import com.google.cloud.storage.BucketInfo.LifecycleRule.LifecycleCondition;
import com.google.cloud.storage.NotificationInfo;
import com.google.cloud.storage.NotificationInfo.EventType;
import com.google.cloud.storage.NotificationInfo.PayloadFormat;
import com.google.cloud.storage.Storage;
import dev.slipway.contracts.Topology;
import java.util.List;
import java.util.Objects;

/** The buckets of a topology and their notifications, created where they are not there. */
final class Buckets {
    private final Endpoints endpoints;
    private final Topology topology;
    private final Storage storage;

    Buckets(Endpoints endpoints, Topology topology, Storage storage) {
        this.endpoints = endpoints;
        this.topology = topology;
        this.storage = storage;
    }

    void create() {
        for (Topology.Bucket bucket : topology.buckets()) {
            Bucket standing = storage.get(bucket.name());
            if (standing == null) {
                storage.create(wanted(bucket));
            } else if (!Boolean.valueOf(bucket.versioning()).equals(standing.versioningEnabled())) {
                storage.update(wanted(bucket));
            }
            bucket.notifications().forEach(wanted -> notify(bucket.name(), wanted));
        }
    }

    private BucketInfo wanted(Topology.Bucket bucket) {
        return BucketInfo.newBuilder(bucket.name())
                .setLocation(endpoints.region())
                .setVersioningEnabled(bucket.versioning())
                .setIamConfiguration(
                        IamConfiguration.newBuilder()
                                .setIsUniformBucketLevelAccessEnabled(true)
                                .build())
                .setLifecycleRules(
                        List.of(
                                new LifecycleRule(
                                        LifecycleAction.newDeleteAction(),
                                        LifecycleCondition.newBuilder()
                                                .setDaysSinceNoncurrentTime(
                                                        bucket.deleteNoncurrentAfterDays())
                                                .build())))
                .build();
    }

    private void notify(String bucket, Topology.Notification wanted) {
        String topic =
                "//pubsub.googleapis.com/projects/"
                        + endpoints.project()
                        + "/topics/"
                        + topology.topic(wanted.topic()).name();
        boolean stands =
                storage.listNotifications(bucket).stream()
                        .anyMatch(
                                old ->
                                        old.getTopic().endsWith(topic.substring(2))
                                                && Objects.equals(
                                                        old.getObjectNamePrefix(),
                                                        wanted.objectNamePrefix()));
        if (!stands) {
            storage.createNotification(bucket, notification(topic, wanted));
        }
    }

    private static NotificationInfo notification(String topic, Topology.Notification wanted) {
        NotificationInfo.Builder notification =
                NotificationInfo.newBuilder(topic)
                        .setEventTypes(
                                wanted.eventTypes().stream()
                                        .map(EventType::valueOf)
                                        .toArray(EventType[]::new))
                        .setPayloadFormat(PayloadFormat.valueOf(wanted.payloadFormat()));
        if (wanted.objectNamePrefix() != null) {
            notification.setObjectNamePrefix(wanted.objectNamePrefix());
        }
        return notification.build();
    }
}
