package dev.slipway.local.eventarc;

import static dev.slipway.local.eventarc.GivenEventarc.ACCOUNT;
import static dev.slipway.local.eventarc.GivenEventarc.ofBucket;
import static dev.slipway.local.eventarc.GivenEventarc.ofTopic;
import static dev.slipway.local.eventarc.GivenEventarc.topic;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.google.auth.oauth2.TokenVerifier;
import com.google.cloud.eventarc.v1.Trigger;
import com.google.cloud.storage.BlobId;
import com.google.cloud.storage.BlobInfo;
import com.google.protobuf.ByteString;
import com.google.protobuf.FieldMask;
import com.google.protobuf.util.Durations;
import com.google.protobuf.util.Timestamps;
import com.google.pubsub.v1.DeadLetterPolicy;
import com.google.pubsub.v1.PubsubMessage;
import com.google.pubsub.v1.RetryPolicy;
import com.google.pubsub.v1.Subscription;
import com.google.pubsub.v1.UpdateSubscriptionRequest;
import dev.slipway.local.Inbox;
import dev.slipway.local.Inbox.Received;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What a service gets, byte by byte. */
@SuppressWarnings("NullAway.Init") // set before each test
class EventsTest {
    private static final JsonMapper JSON = new JsonMapper();
    private static final Duration SOON = Duration.ofSeconds(60);

    @TempDir Path home;
    private Inbox inbox;
    private GivenEventarc cloud;

    @BeforeEach
    void start() throws Exception {
        inbox = new Inbox(0);
        cloud = new GivenEventarc(home, Map.of("europe-west1/hello", inbox.url()));
    }

    @AfterEach
    void stop() {
        cloud.close();
        inbox.close();
    }

    private Received received(int count) {
        await().atMost(SOON).until(() -> inbox.all().size() >= count);
        return inbox.all().get(count - 1);
    }

    private String publish(String topic, String text) {
        return cloud.topics
                .publish(
                        topic,
                        List.of(
                                PubsubMessage.newBuilder()
                                        .setData(ByteString.copyFromUtf8(text))
                                        .putAttributes("colour", "blue")
                                        .build()))
                .getMessageIds(0);
    }

    @Test
    void aMessageArrivesAsACloudEvent() throws Exception {
        cloud.topics.createTopic(topic("orders"));
        Trigger.Builder wanted = ofTopic(topic("orders"));
        wanted.getDestinationBuilder().getCloudRunBuilder().setPath("in/orders");
        Trigger trigger = cloud.create("on-order", wanted);
        String id = publish(topic("orders"), "hello");

        Received got = received(1);
        JsonNode body = JSON.readTree(got.body());
        String time = body.at("/message/publishTime").asText();
        assertThat(got.method()).isEqualTo("POST");
        assertThat(got.target())
                .isEqualTo(
                        "/in/orders?__GCP_CloudEventsMode=CUSTOM_PUBSUB_projects%2Flocal-project%2Ftopics%2Forders");
        assertThat(events(got))
                .containsExactlyInAnyOrderEntriesOf(
                        Map.of(
                                "ce-specversion",
                                "1.0",
                                "ce-type",
                                "google.cloud.pubsub.topic.v1.messagePublished",
                                "ce-source",
                                "//pubsub.googleapis.com/projects/local-project/topics/orders",
                                "ce-id",
                                id,
                                "ce-time",
                                time));
        assertThat(Timestamps.parse(time).getSeconds()).isPositive();
        assertThat(got.headers()).containsEntry("content-type", "application/json");
        assertThat(body)
                .isEqualTo(
                        JSON.readTree(
                                """
                                {"message": {"attributes": {"colour": "blue"}, "data": "aGVsbG8=",
                                   "messageId": "%1$s", "message_id": "%1$s",
                                   "publishTime": "%2$s", "publish_time": "%2$s"},
                                 "subscription": "%3$s"}"""
                                        .formatted(
                                                id,
                                                time,
                                                trigger.getTransport()
                                                        .getPubsub()
                                                        .getSubscription())));
    }

    private static Map<String, String> events(Received got) {
        return got.headers().entrySet().stream()
                .filter(header -> header.getKey().startsWith("ce-"))
                .collect(java.util.stream.Collectors.toMap(Map.Entry::getKey, Map.Entry::getValue));
    }

    @Test
    void theEventProvesWhoSendsIt() throws Exception {
        Trigger trigger = cloud.create("on-any", GivenEventarc.trigger(EventKind.PUBLISHED));
        publish(trigger.getTransport().getPubsub().getTopic(), "hello");

        String token = received(1).header("authorization").substring("Bearer ".length());
        var payload =
                TokenVerifier.newBuilder()
                        .setCertificatesLocation(
                                "http://127.0.0.1:" + cloud.port() + "/oauth2/v3/certs")
                        .setIssuer("https://accounts.google.com")
                        .setAudience(inbox.url())
                        .build()
                        .verify(token)
                        .getPayload();
        assertThat(payload.get("email")).isEqualTo(ACCOUNT);
    }

    @Test
    void aNewObjectArrivesAsACloudEvent() throws Exception {
        cloud.bucket("photos");
        cloud.create("on-photo", ofBucket("photos", "finalized"));
        var blob =
                cloud.storage.create(
                        BlobInfo.newBuilder("photos", "a b/ü.txt")
                                .setContentType("text/plain")
                                .setMetadata(Map.of("colour", "blue"))
                                .build(),
                        "hello".getBytes(UTF_8));

        Received got = received(1);
        assertThat(got.target()).isEqualTo("/?__GCP_CloudEventsMode=GCS_NOTIFICATION");
        assertThat(events(got))
                .containsEntry("ce-specversion", "1.0")
                .containsEntry("ce-type", "google.cloud.storage.object.v1.finalized")
                .containsEntry("ce-source", "//storage.googleapis.com/projects/_/buckets/photos")
                .containsEntry("ce-subject", "objects/a%20b/%C3%BC.txt")
                .containsEntry("ce-bucket", "photos")
                .containsKeys("ce-id", "ce-time")
                .hasSize(7);
        assertThat(got.headers()).containsEntry("content-type", "application/json");
        JsonNode body = JSON.readTree(got.body());
        assertThat(body.at("/kind").asText()).isEqualTo("storage#object");
        assertThat(body.at("/bucket").asText()).isEqualTo("photos");
        assertThat(body.at("/name").asText()).isEqualTo("a b/ü.txt");
        assertThat(body.at("/generation").asText()).isEqualTo(blob.getGeneration().toString());
        assertThat(body.at("/size").asText()).isEqualTo("5");
        assertThat(body.at("/contentType").asText()).isEqualTo("text/plain");
        assertThat(body.at("/metadata/colour").asText()).isEqualTo("blue");
        assertThat(body.at("/md5Hash").asText()).isEqualTo(blob.getMd5());
        assertThat(Timestamps.parse(got.header("ce-time")).getSeconds()).isPositive();
    }

    @Test
    void everyKindOfBucketEventHasItsType() throws Exception {
        cloud.bucket("photos");
        cloud.create("on-deleted", ofBucket("photos", "deleted"));
        cloud.create("on-metadata", ofBucket("photos", "metadataUpdated"));
        BlobId id = BlobId.of("photos", "a");
        var blob = cloud.storage.create(BlobInfo.newBuilder(id).build());
        blob.toBuilder().setMetadata(Map.of("a", "b")).build().update();
        assertThat(events(received(1)))
                .containsEntry("ce-type", "google.cloud.storage.object.v1.metadataUpdated");
        cloud.storage.delete(id);
        assertThat(events(received(2)))
                .containsEntry("ce-type", "google.cloud.storage.object.v1.deleted");
    }

    @Test
    void whatAServiceDoesNotTakeEndsAsTheUserSetItAlsoAfterTheTriggerChanged() throws Exception {
        cloud.topics.createTopic(topic("orders"));
        cloud.topics.createTopic(topic("dead"));
        Trigger trigger = cloud.create("on-order", ofTopic(topic("orders")));
        String subscription = trigger.getTransport().getPubsub().getSubscription();
        cloud.subscriptions.updateSubscription(
                UpdateSubscriptionRequest.newBuilder()
                        .setSubscription(
                                Subscription.newBuilder()
                                        .setName(subscription)
                                        .setRetryPolicy(
                                                RetryPolicy.newBuilder()
                                                        .setMinimumBackoff(Durations.fromMillis(50))
                                                        .setMaximumBackoff(
                                                                Durations.fromMillis(50)))
                                        .setDeadLetterPolicy(
                                                DeadLetterPolicy.newBuilder()
                                                        .setDeadLetterTopic(topic("dead"))
                                                        .setMaxDeliveryAttempts(5)))
                        .setUpdateMask(
                                FieldMask.newBuilder()
                                        .addPaths("retry_policy")
                                        .addPaths("dead_letter_policy"))
                        .build());
        Trigger.Builder moved = trigger.toBuilder();
        moved.getDestinationBuilder().getCloudRunBuilder().setPath("/moved");
        cloud.eventarc
                .updateTriggerAsync(
                        moved.build(),
                        FieldMask.newBuilder().addPaths("destination").build(),
                        false)
                .get();
        String dead = "projects/local-project/subscriptions/dead";
        cloud.subscriptions.createSubscription(
                Subscription.newBuilder().setName(dead).setTopic(topic("dead")).build());
        inbox.answers(_ -> 404);
        publish(topic("orders"), "nobody wants this");

        var message =
                await().atMost(SOON)
                        .until(
                                () -> cloud.subscriptions.pull(dead, 1).getReceivedMessagesList(),
                                found -> !found.isEmpty())
                        .getFirst()
                        .getMessage();
        assertThat(message.getData().toStringUtf8()).isEqualTo("nobody wants this");
        assertThat(inbox.all()).hasSize(5);
        assertThat(inbox.all().getFirst().target()).startsWith("/moved?__GCP_CloudEventsMode=");
    }
}
