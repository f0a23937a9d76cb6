package dev.slipway.local.pubsub;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.google.api.gax.rpc.StatusCode;
import com.google.iam.v1.GetIamPolicyRequest;
import com.google.iam.v1.TestIamPermissionsRequest;
import com.google.protobuf.FieldMask;
import com.google.protobuf.util.Durations;
import com.google.pubsub.v1.DeadLetterPolicy;
import com.google.pubsub.v1.ListTopicsRequest;
import com.google.pubsub.v1.RetryPolicy;
import com.google.pubsub.v1.Subscription;
import com.google.pubsub.v1.SubscriptionName;
import com.google.pubsub.v1.Topic;
import com.google.pubsub.v1.TopicName;
import com.google.pubsub.v1.UpdateSubscriptionRequest;
import dev.slipway.local.LocalCloud;
import dev.slipway.local.Settings;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Queue;
import java.util.Set;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The contract on the local cloud, and what Google does besides but its emulator does not. */
class LocalPubSubTest extends PubSubContract {
    private static final Duration SOON = Duration.ofSeconds(60);

    @TempDir static Path home;
    private static LocalCloud cloud;

    @BeforeAll
    static void start() throws IOException {
        Path tokens = Files.createDirectories(home.resolve("tokens"));
        Files.writeString(tokens.resolve("upload"), "the-token-of-upload");
        cloud = LocalCloud.start(Settings.defaults(home));
    }

    @AfterAll
    static void stop() {
        cloud.close();
    }

    @Override
    String authority() {
        return "127.0.0.1:" + cloud.port();
    }

    @Override
    Set<Ability> lacks() {
        return Set.of();
    }

    @Test
    void fillsInWhatIsNotSaid() {
        Subscription made =
                subscribe(
                        settings ->
                                settings.setAckDeadlineSeconds(0)
                                        .setRetryPolicy(RetryPolicy.getDefaultInstance())
                                        .setDeadLetterPolicy(
                                                DeadLetterPolicy.newBuilder()
                                                        .setDeadLetterTopic(topic)));

        assertThat(made.getAckDeadlineSeconds()).isEqualTo(10);
        assertThat(made.getMessageRetentionDuration()).isEqualTo(Durations.fromDays(7));
        assertThat(made.getExpirationPolicy().getTtl()).isEqualTo(Durations.fromDays(31));
        assertThat(made.getRetryPolicy().getMinimumBackoff()).isEqualTo(Durations.fromSeconds(10));
        assertThat(made.getRetryPolicy().getMaximumBackoff()).isEqualTo(Durations.fromSeconds(600));
        assertThat(made.getDeadLetterPolicy().getMaxDeliveryAttempts()).isEqualTo(5);
        assertThat(made.getState()).isEqualTo(Subscription.State.ACTIVE);
    }

    @Test
    void refusesEverySettingThatGoogleRefuses() {
        List<UnaryOperator<Subscription.Builder>> wrong =
                List.of(
                        settings -> settings.setAckDeadlineSeconds(9),
                        settings -> settings.setMessageRetentionDuration(Durations.fromDays(32)),
                        settings ->
                                settings.setExpirationPolicy(
                                        settings.getExpirationPolicyBuilder()
                                                .setTtl(Durations.fromHours(23))),
                        settings ->
                                settings.setRetryPolicy(
                                        RetryPolicy.newBuilder()
                                                .setMaximumBackoff(Durations.fromSeconds(601))),
                        settings ->
                                settings.setRetryPolicy(
                                        RetryPolicy.newBuilder()
                                                .setMaximumBackoff(Durations.fromSeconds(5))),
                        settings ->
                                settings.setDeadLetterPolicy(
                                        DeadLetterPolicy.newBuilder()
                                                .setDeadLetterTopic(topic)
                                                .setMaxDeliveryAttempts(4)),
                        settings ->
                                settings.setDeadLetterPolicy(
                                        DeadLetterPolicy.newBuilder()
                                                .setDeadLetterTopic(topic)
                                                .setMaxDeliveryAttempts(101)),
                        settings ->
                                settings.setDeadLetterPolicy(
                                        DeadLetterPolicy.newBuilder().setDeadLetterTopic("x")),
                        settings -> settings.setFilter("attributes.a"),
                        settings -> settings.putLabels("Upper", "x"),
                        settings -> settings.setName("projects/local-project/subscriptions/x"),
                        settings -> settings.setTopic("x"));
        wrong.forEach(
                setting -> refused(StatusCode.Code.INVALID_ARGUMENT, () -> subscribe(setting)));
        refused(
                StatusCode.Code.NOT_FOUND,
                () ->
                        subscribe(
                                settings ->
                                        settings.setDeadLetterPolicy(
                                                DeadLetterPolicy.newBuilder()
                                                        .setDeadLetterTopic(topic + "-missing"))));
    }

    @Test
    void saysWhatItDoesNotDo() {
        refused(
                StatusCode.Code.UNIMPLEMENTED,
                () -> subscribe(settings -> settings.setEnableExactlyOnceDelivery(true)));
        refused(
                StatusCode.Code.UNIMPLEMENTED,
                () ->
                        clients.topics.createTopic(
                                Topic.newBuilder()
                                        .setName(topic + "-cmek")
                                        .setKmsKeyName("k")
                                        .build()));
        refused(
                StatusCode.Code.UNIMPLEMENTED,
                () ->
                        clients.subscriptions.createSnapshot(
                                "projects/local-project/snapshots/one", subscription));
        refused(
                StatusCode.Code.UNIMPLEMENTED,
                () ->
                        clients.topics.getIamPolicy(
                                GetIamPolicyRequest.newBuilder().setResource(topic).build()));
        refused(StatusCode.Code.UNIMPLEMENTED, () -> permissions(clients, "projects/p/secrets/s"));
    }

    @Test
    void changesOnlyWhatMayChange() {
        subscribe(settings -> settings.setFilter("attributes:a"));
        refused(StatusCode.Code.INVALID_ARGUMENT, () -> update("filter"));
        refused(StatusCode.Code.INVALID_ARGUMENT, () -> update("enable_message_ordering"));
        refused(StatusCode.Code.INVALID_ARGUMENT, () -> update("nonsense"));
        refused(StatusCode.Code.INVALID_ARGUMENT, () -> update());
        assertThat(update("retry_policy", "labels").getFilter()).isEqualTo("attributes:a");
    }

    private Subscription update(String... paths) {
        return clients.subscriptions.updateSubscription(
                UpdateSubscriptionRequest.newBuilder()
                        .setSubscription(Subscription.newBuilder().setName(subscription))
                        .setUpdateMask(FieldMask.newBuilder().addAllPaths(List.of(paths)))
                        .build());
    }

    @Test
    void listsPageByPage() {
        for (int i = 0; i < 5; i++) {
            clients.topics.createTopic(topic + "-" + i);
        }
        List<String> names = new ArrayList<>();
        clients.topics
                .listTopics(
                        ListTopicsRequest.newBuilder()
                                .setProject("projects/" + PROJECT)
                                .setPageSize(2)
                                .build())
                .iterateAll()
                .forEach(found -> names.add(found.getName()));

        assertThat(names).doesNotHaveDuplicates().isSorted();
        assertThat(names).contains(topic, topic + "-0", topic + "-4");
    }

    @Test
    void letsAnIdentityDoWhatTheTopologyGrantsIt() {
        String mine = name("slipway-source-stored");
        String foreign = name("slipway-image-pushed");
        String inbox = SubscriptionName.format(PROJECT, "slipway-upload-worker-source-uploaded");
        clients.topics.createTopic(mine);
        clients.topics.createTopic(foreign);
        clients.subscriptions.createSubscription(
                Subscription.newBuilder().setName(inbox).setTopic(foreign).build());
        clients.topics.publish(foreign, List.of(message("for upload")));

        try (Clients upload = Clients.withToken(authority(), "the-token-of-upload")) {
            assertThat(permissions(upload, mine)).containsExactly("pubsub.topics.publish");
            assertThat(permissions(upload, foreign)).isEmpty();
            assertThat(permissions(upload, inbox)).containsExactly("pubsub.subscriptions.consume");
            assertThat(upload.topics.publish(mine, List.of(message("x"))).getMessageIdsCount())
                    .isEqualTo(1);
            refused(
                    StatusCode.Code.PERMISSION_DENIED,
                    () -> upload.topics.publish(foreign, List.of(message("x"))));
            refused(
                    StatusCode.Code.PERMISSION_DENIED,
                    () -> upload.topics.createTopic(name("another")));
            refused(
                    StatusCode.Code.PERMISSION_DENIED,
                    () -> upload.subscriptions.deleteSubscription(inbox));
            Queue<String> received = new ConcurrentLinkedQueue<>();
            upload.receive(
                    inbox,
                    10,
                    (message, reply) -> {
                        received.add(text(message));
                        reply.ack();
                    });
            await().atMost(SOON).until(() -> received.contains("for upload"));
        }
    }

    private static String name(String id) {
        return TopicName.format(PROJECT, id);
    }

    private static List<String> permissions(Clients of, String resource) {
        return of.topics
                .testIamPermissions(
                        TestIamPermissionsRequest.newBuilder()
                                .setResource(resource)
                                .addPermissions("pubsub.topics.publish")
                                .addPermissions("pubsub.subscriptions.consume")
                                .build())
                .getPermissionsList();
    }
}
