package dev.slipway.endtoend;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.google.cloud.pubsub.v1.SubscriptionAdminClient;
import com.google.cloud.pubsub.v1.TopicAdminClient;
import com.google.cloud.storage.BlobInfo;
import com.google.cloud.storage.BucketInfo;
import com.google.protobuf.ByteString;
import com.google.pubsub.v1.PubsubMessage;
import com.google.pubsub.v1.Subscription;
import com.google.pubsub.v1.TopicName;
import dev.slipway.contracts.Answer;
import dev.slipway.contracts.Outcome;
import dev.slipway.contracts.Reason;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.stream.StreamSupport;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Functions that are called by events, from the manifest to what they print. */
@Order(10)
@OnSharedInstallation
@SuppressWarnings("NullAway.Init") // set before all tests
class TriggersTest {
    private static final Duration PATIENCE = Duration.ofSeconds(60);
    private static final String FRAMEWORK =
            "\"dependencies\": {\"@google-cloud/functions-framework\": \"^3.4.0\"}";

    private static Installation installation;
    private static Cloud cloud;

    @TempDir Path work;

    @BeforeAll
    static void connect(Installation shared) throws Exception {
        installation = shared;
        cloud = new Cloud(shared);
    }

    private static void topic(String name) throws Exception {
        try (TopicAdminClient topics = cloud.topics()) {
            topics.createTopic(TopicName.of(Cloud.PROJECT, name));
        }
    }

    private static void publish(String topic, String text) throws Exception {
        try (TopicAdminClient topics = cloud.topics()) {
            topics.publish(
                    TopicName.of(Cloud.PROJECT, topic),
                    List.of(
                            PubsubMessage.newBuilder()
                                    .setData(ByteString.copyFromUtf8(text))
                                    .build()));
        }
    }

    private static void bucket(String name) {
        cloud.storage().create(BucketInfo.newBuilder(name).setLocation(Cloud.REGION).build());
    }

    private static void put(String bucket, String object) {
        cloud.storage()
                .create(
                        BlobInfo.newBuilder(bucket, object).build(),
                        "a picture".getBytes(StandardCharsets.UTF_8));
    }

    /** A function that prints what it is called with, and this word. */
    private static Sample listening(String word, String triggers) {
        return Sample.saying("")
                .withPackage(FRAMEWORK)
                .with(
                        "slipway.yaml",
                        "apiVersion: slipway.dev/v1\nfunction: listen\ntriggers:\n" + triggers)
                .with(
                        "index.js",
                        """
                        exports.listen = event => {
                          const data = event.data;
                          const text = data.message
                            ? Buffer.from(data.message.data, 'base64').toString()
                            : data.bucket + '/' + data.name;
                          console.log('%s got ' + event.type + ' ' + text);
                        };
                        """
                                .formatted(word));
    }

    private Answer dropped(Sample sample, String service) throws Exception {
        return cloud.awaitOutcome(
                cloud.upload(sample.zip(work.resolve(service + ".zip")), service + ".zip"));
    }

    private Answer live(Sample sample, String service) throws Exception {
        Answer answer = dropped(sample, service);
        assertThat(answer.outcome()).as(answer.toString()).isEqualTo(Outcome.LIVE);
        return answer;
    }

    private static String log(String service) throws Exception {
        return installation.slipway("logs", service).out();
    }

    private static void awaitLog(String service, String text) {
        await(service + " prints " + text)
                .atMost(PATIENCE)
                .untilAsserted(() -> assertThat(log(service)).contains(text));
    }

    private static List<Subscription> subscriptionsOn(String topic) throws Exception {
        try (SubscriptionAdminClient client = cloud.subscriptions()) {
            return StreamSupport.stream(
                            client.listSubscriptions("projects/" + Cloud.PROJECT)
                                    .iterateAll()
                                    .spliterator(),
                            false)
                    .filter(found -> found.getTopic().endsWith("/topics/" + topic))
                    .toList();
        }
    }

    @Test
    void aFunctionGetsTheMessagesOfItsTopic() throws Exception {
        topic("e2e-orders");

        Answer answer =
                live(listening("first", "  - pubsub: { topic: e2e-orders }\n"), "on-orders");
        publish("e2e-orders", "two bicycles");

        assertThat(answer.message()).contains("the topic 'e2e-orders'");
        awaitLog(
                "on-orders",
                "first got google.cloud.pubsub.topic.v1.messagePublished two bicycles");
    }

    @Test
    void aFunctionGetsTheObjectsOfItsBucket() throws Exception {
        bucket("e2e-photos");

        live(listening("album", "  - storage: { bucket: e2e-photos }\n"), "on-photos");
        put("e2e-photos", "cat.jpg");

        awaitLog(
                "on-photos",
                "album got google.cloud.storage.object.v1.finalized e2e-photos/cat.jpg");
    }

    @Test
    void anotherManifestHasOtherTriggersAndOneWithoutHasNone() throws Exception {
        topic("e2e-sales");
        topic("e2e-returns");
        live(listening("one", "  - pubsub: { topic: e2e-sales }\n"), "on-change");
        assertThat(subscriptionsOn("e2e-sales")).hasSize(1);

        live(listening("two", "  - pubsub: { topic: e2e-returns }\n"), "on-change");
        publish("e2e-returns", "a bicycle back");
        awaitLog("on-change", "two got google.cloud.pubsub.topic.v1.messagePublished a bicycle");
        assertThat(subscriptionsOn("e2e-sales")).isEmpty();

        live(Sample.saying("three"), "on-change");
        assertThat(subscriptionsOn("e2e-returns")).isEmpty();
    }

    @Test
    void aTopicThatIsNotThereIsNamedAndTheOldRevisionServes() throws Exception {
        String url = String.valueOf(live(Sample.saying("as before"), "on-nothing").url());

        Answer answer =
                dropped(listening("never", "  - pubsub: { topic: e2e-nothing }\n"), "on-nothing");

        assertThat(answer.outcome()).isEqualTo(Outcome.FAILED);
        assertThat(answer.reason()).isEqualTo(Reason.TRIGGER_REFUSED);
        assertThat(answer.field()).isEqualTo("triggers.pubsub.topic");
        assertThat(answer.message()).contains("gcloud pubsub topics create e2e-nothing");
        assertThat(Web.text(url)).isEqualTo("as before");
    }

    @Test
    void anEventThatNobodyTakesIsPutAside() throws Exception {
        topic("e2e-heavy");
        String triggers =
                """
                  - pubsub:
                      topic: e2e-heavy
                      maxDeliveryAttempts: 5
                      minimumBackoff: 1s
                      maximumBackoff: 1s
                """;
        Sample failing =
                listening("", triggers)
                        .with(
                                "index.js",
                                "exports.listen = () => { throw new Error('too heavy'); };\n");

        live(failing, "on-heavy");
        publish("e2e-heavy", "a piano");

        try (Mailbox dead = Mailbox.of(cloud, Cloud.TOPOLOGY.topic("undelivered-events").name())) {
            PubsubMessage put =
                    dead.await(
                            "the event is put aside",
                            message -> message.getData().toStringUtf8().equals("a piano"));
            assertThat(put.getAttributesMap())
                    .containsKey("CloudPubSubDeadLetterSourceSubscription");
        }
        assertThat(log("on-heavy").split("too heavy", -1)).hasSizeGreaterThan(5);
    }
}
