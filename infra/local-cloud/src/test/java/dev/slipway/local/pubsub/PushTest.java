package dev.slipway.local.pubsub;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.google.api.gax.rpc.StatusCode;
import com.google.auth.oauth2.TokenVerifier;
import com.google.protobuf.FieldMask;
import com.google.protobuf.util.Durations;
import com.google.pubsub.v1.DeadLetterPolicy;
import com.google.pubsub.v1.PubsubMessage;
import com.google.pubsub.v1.PushConfig;
import com.google.pubsub.v1.PushConfig.NoWrapper;
import com.google.pubsub.v1.PushConfig.OidcToken;
import com.google.pubsub.v1.RetryPolicy;
import com.google.pubsub.v1.Subscription;
import com.google.pubsub.v1.SubscriptionName;
import com.google.pubsub.v1.UpdateSubscriptionRequest;
import dev.slipway.local.Inbox;
import dev.slipway.local.Inbox.Received;
import dev.slipway.local.LocalCloud;
import dev.slipway.local.Settings;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import java.util.function.UnaryOperator;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Push subscriptions, made by Google's client and received by a real HTTP server. */
@SuppressWarnings("NullAway.Init") // set before the tests
class PushTest extends WithPubSub {
    private static final JsonMapper JSON = new JsonMapper();
    private static final String ACCOUNT = "slipway-trigger@local-project.iam.gserviceaccount.com";
    private static final Duration SOON = Duration.ofSeconds(60);

    @TempDir static Path home;
    private static LocalCloud cloud;
    private Inbox inbox;

    @BeforeAll
    static void start() throws Exception {
        Path token = Files.createDirectories(home.resolve("tokens")).resolve("upload");
        Files.writeString(token, "the-token-of-upload\n");
        cloud = LocalCloud.start(Settings.defaults(home));
    }

    @AfterAll
    static void stop() {
        cloud.close();
    }

    @BeforeEach
    void listen() throws Exception {
        inbox = new Inbox(0);
    }

    @AfterEach
    void close() {
        clients.subscriptions.deleteSubscription(subscription);
        inbox.close();
    }

    @Override
    String authority() {
        return "127.0.0.1:" + cloud.port();
    }

    private PushConfig.Builder here(String path) {
        return PushConfig.newBuilder().setPushEndpoint(inbox.url() + path);
    }

    private Subscription push(UnaryOperator<Subscription.Builder> settings) {
        return subscribe(given -> settings.apply(given.setPushConfig(here("/push?who=me%2Fyou"))));
    }

    private static RetryPolicy retries(long millis) {
        return RetryPolicy.newBuilder()
                .setMinimumBackoff(Durations.fromMillis(millis))
                .setMaximumBackoff(Durations.fromMillis(10 * millis))
                .build();
    }

    private Received first() {
        await().atMost(SOON).until(() -> !inbox.all().isEmpty());
        return inbox.all().getFirst();
    }

    private static JsonNode json(Received received) throws Exception {
        return JSON.readTree(received.body());
    }

    private static String data(Received received) {
        try {
            byte[] data = Base64.getDecoder().decode(json(received).at("/message/data").asText());
            return new String(data, StandardCharsets.UTF_8);
        } catch (Exception e) {
            throw new AssertionError("not a wrapped message: " + received.body(), e);
        }
    }

    @Test
    void wrapsTheMessageInBothSpellings() throws Exception {
        push(settings -> settings);
        String id =
                clients.topics
                        .publish(topic, List.of(message("hello", Map.of("colour", "blue"))))
                        .getMessageIds(0);

        Received got = first();
        assertThat(got.method()).isEqualTo("POST");
        assertThat(got.target()).isEqualTo("/push?who=me%2Fyou");
        assertThat(got.headers())
                .containsEntry("content-type", "application/json")
                .containsEntry("from", "noreply@google.com")
                .doesNotContainKeys("authorization", "upgrade");
        JsonNode body = json(got);
        assertThat(body.at("/subscription").asText()).isEqualTo(subscription);
        assertThat(body.at("/message/messageId").asText()).isEqualTo(id);
        assertThat(body.at("/message/message_id").asText()).isEqualTo(id);
        assertThat(body.at("/message/publishTime").asText())
                .endsWith("Z")
                .isEqualTo(body.at("/message/publish_time").asText());
        assertThat(body.at("/message/attributes/colour").asText()).isEqualTo("blue");
        assertThat(data(got)).isEqualTo("hello");
        assertThat(body.has("deliveryAttempt")).isFalse();
    }

    @Test
    void sendsDataAloneWithItsMetadataInHeaders() {
        push(
                settings ->
                        settings.setEnableMessageOrdering(true)
                                .setPushConfig(
                                        here("").setNoWrapper(
                                                        NoWrapper.newBuilder()
                                                                .setWriteMetadata(true))));
        PubsubMessage sent =
                message("{\"a\":1}", Map.of("Colour", "blue", "host", "elsewhere", "a b", "c"))
                        .toBuilder()
                        .setOrderingKey("k")
                        .build();
        String id = clients.topics.publish(topic, List.of(sent)).getMessageIds(0);

        Received got = first();
        assertThat(got.body()).isEqualTo("{\"a\":1}");
        assertThat(got.headers())
                .containsEntry("x-goog-pubsub-message-id", id)
                .containsEntry("x-goog-pubsub-subscription-name", subscription)
                .containsEntry("x-goog-pubsub-ordering-key", "k")
                .containsKey("x-goog-pubsub-publish-time")
                .containsEntry("colour", "blue")
                .containsEntry("host", "localhost:" + inbox.port())
                .doesNotContainKey("content-type");
    }

    @Test
    void provesWhoSends() throws Exception {
        push(
                settings ->
                        settings.setPushConfig(
                                here("/in")
                                        .setOidcToken(
                                                OidcToken.newBuilder()
                                                        .setServiceAccountEmail(ACCOUNT))));
        publish("hello");

        String token = first().header("authorization").substring("Bearer ".length());
        var payload =
                TokenVerifier.newBuilder()
                        .setCertificatesLocation("http://" + authority() + "/oauth2/v3/certs")
                        .setIssuer("https://accounts.google.com")
                        .setAudience(inbox.url() + "/in")
                        .build()
                        .verify(token)
                        .getPayload();
        assertThat(payload.get("email")).isEqualTo(ACCOUNT);
    }

    @Test
    void deliversAThousandOfAThousandInSecondsAndNotAllAtOnce() {
        push(settings -> settings.setRetryPolicy(retries(100)));
        long begin = System.nanoTime();
        String[] texts = IntStream.range(0, 1000).mapToObj(i -> "m" + i).toArray(String[]::new);
        publish(texts);

        await().atMost(SOON).until(() -> inbox.all().size() >= 1000);
        System.out.printf(
                "1,000 pushes: %d ms, %d at once%n",
                (System.nanoTime() - begin) / 1_000_000, inbox.mostAtOnce());
        assertThat(inbox.all().stream().map(PushTest::data)).containsExactlyInAnyOrder(texts);
        assertThat(inbox.mostAtOnce()).isLessThanOrEqualTo(100);
    }

    @Test
    void triesAgainWithBackoffAndThenGivesUpToTheDeadLetterTopic() throws Exception {
        String dead = topic + "-dead";
        clients.topics.createTopic(dead);
        String deadSubscription = SubscriptionName.format(PROJECT, "the-dead");
        clients.subscriptions.createSubscription(
                Subscription.newBuilder().setName(deadSubscription).setTopic(dead).build());
        inbox.answers(_ -> 503);
        push(
                settings ->
                        settings.setRetryPolicy(retries(100))
                                .setDeadLetterPolicy(
                                        DeadLetterPolicy.newBuilder()
                                                .setDeadLetterTopic(dead)
                                                .setMaxDeliveryAttempts(5)));
        publish("poison");

        PubsubMessage message =
                clients.subscriptions.pull(deadSubscription, 1).getReceivedMessagesCount() > 0
                        ? message("unexpectedly soon")
                        : awaited(deadSubscription);
        assertThat(text(message)).isEqualTo("poison");
        assertThat(message.getAttributesMap())
                .containsEntry("CloudPubSubDeadLetterSourceDeliveryCount", "5")
                .containsEntry(
                        "CloudPubSubDeadLetterSourceSubscription",
                        SubscriptionName.parse(subscription).getSubscription())
                .containsEntry("CloudPubSubDeadLetterSourceSubscriptionProject", PROJECT)
                .containsKey("CloudPubSubDeadLetterSourceTopicPublishTime");
        assertThat(inbox.all()).hasSize(5);
        for (int attempt = 1; attempt <= 5; attempt++) {
            assertThat(json(inbox.all().get(attempt - 1)).at("/deliveryAttempt").asInt())
                    .isEqualTo(attempt);
        }
        long firstGap = inbox.all().get(1).nanos() - inbox.all().get(0).nanos();
        long lastGap = inbox.all().get(4).nanos() - inbox.all().get(3).nanos();
        assertThat(Duration.ofNanos(firstGap)).isGreaterThanOrEqualTo(Duration.ofMillis(99));
        assertThat(Duration.ofNanos(lastGap)).isGreaterThanOrEqualTo(Duration.ofMillis(799));
    }

    private PubsubMessage awaited(String from) {
        return await().atMost(SOON)
                .until(
                        () -> clients.subscriptions.pull(from, 1).getReceivedMessagesList(),
                        received -> !received.isEmpty())
                .getFirst()
                .getMessage();
    }

    @Test
    void withoutARetryPolicyAFailingEndpointIsAskedLessAndLess() {
        inbox.answers(_ -> inbox.all().size() > 5 ? 200 : 500);
        push(settings -> settings);
        publish("again");

        await().atMost(SOON).until(() -> inbox.all().size() == 6);
        long gap = inbox.all().get(5).nanos() - inbox.all().get(4).nanos();
        assertThat(Duration.ofNanos(gap)).isGreaterThanOrEqualTo(Duration.ofMillis(799));
    }

    @Test
    void anOrderingKeyGoesOneByOneAlsoThroughAFailure() {
        inbox.answers(got -> data(got).equals("2") && inbox.all().size() < 4 ? 500 : 200);
        push(settings -> settings.setEnableMessageOrdering(true).setRetryPolicy(retries(50)));
        clients.topics.publish(
                topic, List.of(keyed("1", "k"), keyed("2", "k"), keyed("3", "k"), keyed("4", "k")));

        await().atMost(SOON).until(() -> inbox.all().stream().anyMatch(m -> data(m).equals("4")));
        assertThat(inbox.all().stream().map(PushTest::data))
                .containsExactly("1", "2", "2", "2", "3", "4");
        assertThat(inbox.mostAtOnce()).isEqualTo(1);
    }

    @Test
    void whatIsNotAnsweredWithinTheDeadlineComesAgain() throws Exception {
        CountDownLatch never = new CountDownLatch(1);
        inbox.answers(
                _ -> {
                    if (inbox.all().size() == 1) {
                        awaitQuietly(never);
                    }
                    return 200;
                });
        push(settings -> settings.setRetryPolicy(retries(10)));
        publish("slow");

        await().atMost(Duration.ofSeconds(30)).until(() -> inbox.all().size() == 2);
        never.countDown();
        long gap = inbox.all().get(1).nanos() - inbox.all().get(0).nanos();
        assertThat(Duration.ofNanos(gap)).isBetween(Duration.ofSeconds(9), Duration.ofSeconds(14));
    }

    private static void awaitQuietly(CountDownLatch latch) {
        try {
            latch.await();
        } catch (InterruptedException _) {
            Thread.currentThread().interrupt();
        }
    }

    @Test
    void changesFromPullToPushToElsewhereAndBack() throws Exception {
        subscribe(settings -> settings);
        publish("one");
        clients.subscriptions.modifyPushConfig(subscription, here("/first").build());
        assertThat(first().target()).isEqualTo("/first");
        refused(
                StatusCode.Code.FAILED_PRECONDITION,
                () -> clients.subscriptions.pull(subscription, 1));

        clients.subscriptions.updateSubscription(
                UpdateSubscriptionRequest.newBuilder()
                        .setSubscription(
                                Subscription.newBuilder()
                                        .setName(subscription)
                                        .setPushConfig(here("/second")))
                        .setUpdateMask(FieldMask.newBuilder().addPaths("push_config"))
                        .build());
        publish("two");
        await().atMost(SOON).until(() -> inbox.all().size() == 2);
        assertThat(inbox.all().getLast().target()).isEqualTo("/second");
        assertThat(clients.subscriptions.getSubscription(subscription).getPushConfig())
                .isEqualTo(here("/second").putAttributes("x-goog-version", "v1").build());

        clients.subscriptions.modifyPushConfig(subscription, PushConfig.getDefaultInstance());
        publish("three");
        assertThat(texts(pull(1))).containsExactly("three");
        assertThat(inbox.all()).hasSize(2);
    }

    @Test
    void refusesOtherEndpointsThanThisMachines() {
        subscribe(settings -> settings);
        for (String endpoint :
                List.of(
                        "https://example.com/push",
                        "http://10.0.0.1/push",
                        "https://localhost:9000",
                        "http://localhost.example.com",
                        "http://user@localhost:9000",
                        "ftp://localhost/",
                        "localhost:9000",
                        "http://")) {
            refused(
                    StatusCode.Code.INVALID_ARGUMENT,
                    () ->
                            clients.subscriptions.modifyPushConfig(
                                    subscription,
                                    PushConfig.newBuilder().setPushEndpoint(endpoint).build()));
        }
        refused(
                StatusCode.Code.NOT_FOUND,
                () ->
                        clients.subscriptions.modifyPushConfig(
                                subscription,
                                here("/")
                                        .setOidcToken(
                                                OidcToken.newBuilder()
                                                        .setServiceAccountEmail("no@body.com"))
                                        .build()));
    }
}
