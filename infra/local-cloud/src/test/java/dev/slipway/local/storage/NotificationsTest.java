package dev.slipway.local.storage;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import com.fasterxml.jackson.databind.node.ObjectNode;
import com.google.cloud.storage.Blob;
import com.google.cloud.storage.BlobId;
import com.google.cloud.storage.BlobInfo;
import com.google.cloud.storage.BucketInfo;
import com.google.cloud.storage.Notification;
import com.google.cloud.storage.NotificationInfo;
import com.google.cloud.storage.NotificationInfo.EventType;
import com.google.cloud.storage.NotificationInfo.PayloadFormat;
import com.google.cloud.storage.Storage;
import com.google.cloud.storage.StorageException;
import com.google.pubsub.v1.PubsubMessage;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class NotificationsTest {
    private static final String BUCKET = "drops";
    private static final String TOPIC = "projects/local-project/topics/source-uploaded";

    @TempDir Path home;
    private GivenStorage given;

    @BeforeEach
    void start() {
        given = new GivenStorage(home);
        given.client().create(BucketInfo.of(BUCKET));
    }

    @AfterEach
    void stop() {
        given.close();
    }

    private Notification notifyOf(PayloadFormat format, String prefix, EventType... types) {
        NotificationInfo.Builder wanted =
                NotificationInfo.newBuilder("//pubsub.googleapis.com/" + TOPIC)
                        .setPayloadFormat(format)
                        .setObjectNamePrefix(prefix)
                        .setCustomAttributes(Map.of("colour", "blue"));
        if (types.length > 0) {
            wanted.setEventTypes(types);
        }
        return given.client().createNotification(BUCKET, wanted.build());
    }

    private Blob write(String name) {
        return given.client().create(BlobInfo.newBuilder(BUCKET, name).build(), new byte[3]);
    }

    private List<PubsubMessage> published(int atLeast) {
        Awaitility.await().until(() -> given.published.size() >= atLeast);
        return given.published.stream().map(GivenStorage.Published::message).toList();
    }

    private static Map<String, String> attributes(
            PubsubMessage message, String other, String generation) {
        assertThat(message.getAttributesMap()).containsEntry(other, generation);
        return message.getAttributesMap();
    }

    @Test
    void aNewObjectIsToldInGooglesForm() {
        Notification notification = notifyOf(PayloadFormat.JSON_API_V1, "");
        Blob written = write("a b/hello.zip");

        PubsubMessage message = published(1).getFirst();

        assertThat(given.published.getFirst().topic()).isEqualTo(TOPIC);
        assertThat(message.getAttributesMap())
                .containsAllEntriesOf(
                        Map.of(
                                "notificationConfig",
                                "projects/_/buckets/drops/notificationConfigs/"
                                        + notification.getNotificationId(),
                                "eventType",
                                "OBJECT_FINALIZE",
                                "payloadFormat",
                                "JSON_API_V1",
                                "bucketId",
                                BUCKET,
                                "objectId",
                                "a b/hello.zip",
                                "objectGeneration",
                                written.getGeneration().toString(),
                                "colour",
                                "blue"))
                .doesNotContainKey("overwroteGeneration");
        assertThat(Instant.parse(message.getAttributesOrThrow("eventTime")))
                .isAfterOrEqualTo(written.getCreateTimeOffsetDateTime().toInstant());
        ObjectNode payload = Json.parse(message.getData().toByteArray());
        assertThat(payload.path("kind").textValue()).isEqualTo("storage#object");
        assertThat(payload.path("id").textValue())
                .isEqualTo("drops/a b/hello.zip/" + written.getGeneration());
        assertThat(payload.path("generation").textValue())
                .isEqualTo(written.getGeneration().toString());
        assertThat(payload.path("size").textValue()).isEqualTo("3");
        assertThat(payload.path("md5Hash").textValue()).isEqualTo(written.getMd5());
        assertThat(payload.path("timeCreated").textValue()).endsWith("Z");
    }

    @Test
    void whatIsOverwrittenAndDeletedIsToldToo() {
        notifyOf(PayloadFormat.NONE, "");
        String first = write("a").getGeneration().toString();
        String second = write("a").getGeneration().toString();
        given.client().delete(BUCKET, "a");

        List<PubsubMessage> all = published(4);

        assertThat(all)
                .extracting(one -> one.getAttributesOrThrow("eventType"))
                .containsExactly(
                        "OBJECT_FINALIZE", "OBJECT_FINALIZE", "OBJECT_DELETE", "OBJECT_DELETE");
        assertThat(attributes(all.get(1), "overwroteGeneration", first))
                .containsEntry("objectGeneration", second);
        assertThat(attributes(all.get(2), "overwrittenByGeneration", second))
                .containsEntry("objectGeneration", first);
        assertThat(all.get(3).getAttributesMap()).doesNotContainKey("overwrittenByGeneration");
        assertThat(all).allMatch(one -> one.getData().isEmpty());
    }

    @Test
    void aVersionedBucketArchives() {
        given.client().update(BucketInfo.newBuilder(BUCKET).setVersioningEnabled(true).build());
        notifyOf(
                PayloadFormat.NONE,
                "",
                EventType.OBJECT_ARCHIVE,
                EventType.OBJECT_DELETE,
                EventType.OBJECT_METADATA_UPDATE);
        Blob first = write("a");
        first.toBuilder().setContentType("text/plain").build().update();
        write("a");
        given.client().delete(BlobId.of(BUCKET, "a"));
        given.client().delete(first.getBlobId());

        assertThat(published(4))
                .extracting(one -> one.getAttributesOrThrow("eventType"))
                .containsExactly(
                        "OBJECT_METADATA_UPDATE",
                        "OBJECT_ARCHIVE",
                        "OBJECT_ARCHIVE",
                        "OBJECT_DELETE");
    }

    @Test
    void onlyWhatWasAskedForIsTold() {
        notifyOf(PayloadFormat.NONE, "requests/", EventType.OBJECT_FINALIZE);
        write("services/a");
        write("requests/a");
        given.client().delete(BUCKET, "requests/a");
        write("requests/b");

        assertThat(published(2))
                .extracting(one -> one.getAttributesOrThrow("objectId"))
                .containsExactly("requests/a", "requests/b");
    }

    @Test
    void aMessageWaitsForItsTopicAndForARestart() {
        notifyOf(PayloadFormat.NONE, "");
        given.topicsFail(true);
        write("a");
        given.restart();
        write("b");
        assertThat(given.published).isEmpty();

        given.topicsFail(false);

        assertThat(published(2))
                .extracting(one -> one.getAttributesOrThrow("objectId"))
                .containsExactly("a", "b");
        given.restart();
        write("c");
        assertThat(published(3))
                .extracting(one -> one.getAttributesOrThrow("objectId"))
                .containsExactly("a", "b", "c");
    }

    @Test
    void notificationsAreListedFoundAndDeleted() {
        Notification first = notifyOf(PayloadFormat.NONE, "a");
        Notification second = notifyOf(PayloadFormat.JSON_API_V1, "b");
        Storage storage = given.client();

        assertThat(storage.listNotifications(BUCKET))
                .extracting(NotificationInfo::getObjectNamePrefix)
                .containsExactly("a", "b");
        assertThat(storage.getNotification(BUCKET, second.getNotificationId()).getTopic())
                .isEqualTo("//pubsub.googleapis.com/" + TOPIC);
        assertThat(storage.deleteNotification(BUCKET, first.getNotificationId())).isTrue();
        assertThat(storage.deleteNotification(BUCKET, first.getNotificationId())).isFalse();
        assertThat(storage.listNotifications(BUCKET)).hasSize(1);
        assertThatExceptionOfType(StorageException.class)
                .isThrownBy(
                        () ->
                                storage.createNotification(
                                        BUCKET,
                                        NotificationInfo.newBuilder("projects/p/topics/t")
                                                .setPayloadFormat(PayloadFormat.NONE)
                                                .build()))
                .matches(e -> e.getCode() == 400);
    }
}
