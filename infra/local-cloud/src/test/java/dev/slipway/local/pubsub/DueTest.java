package dev.slipway.local.pubsub;

import static dev.slipway.local.pubsub.Bench.message;
import static dev.slipway.local.pubsub.Bench.texts;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.awaitility.Awaitility.await;

import com.google.protobuf.FieldMask;
import com.google.protobuf.util.Durations;
import com.google.protobuf.util.Timestamps;
import com.google.pubsub.v1.DeadLetterPolicy;
import com.google.pubsub.v1.DeleteTopicRequest;
import com.google.pubsub.v1.ExpirationPolicy;
import com.google.pubsub.v1.GetSubscriptionRequest;
import com.google.pubsub.v1.ReceivedMessage;
import com.google.pubsub.v1.RetryPolicy;
import com.google.pubsub.v1.SeekRequest;
import com.google.pubsub.v1.Subscription;
import com.google.pubsub.v1.Topic;
import com.google.pubsub.v1.UpdateTopicRequest;
import io.grpc.Status;
import io.grpc.StatusRuntimeException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What happens as time passes. */
class DueTest {
    @TempDir static Path home;
    private static Bench bench;

    @BeforeAll
    static void start() {
        bench = new Bench(home);
    }

    @AfterAll
    static void stop() {
        bench.close();
    }

    private static UnaryOperator<Subscription.Builder> retry(int least, int most) {
        return subscription ->
                subscription.setRetryPolicy(
                        RetryPolicy.newBuilder()
                                .setMinimumBackoff(Durations.fromSeconds(least))
                                .setMaximumBackoff(Durations.fromSeconds(most)));
    }

    private static UnaryOperator<Subscription.Builder> ordered() {
        return subscription -> subscription.setEnableMessageOrdering(true);
    }

    private static void seconds(int seconds) {
        bench.pass(Duration.ofSeconds(seconds));
    }

    @Test
    void aLeaseKeepsAMessageAwayUntilItRunsOut() {
        bench.subscribe("lease", subscription -> subscription.setAckDeadlineSeconds(20));
        bench.publish("lease", message("a", ""));
        ReceivedMessage first = bench.pull("lease").getFirst();

        bench.pass(Duration.ofMillis(19_999));
        assertThat(bench.pull("lease")).isEmpty();
        bench.pass(Duration.ofMillis(1));
        ReceivedMessage second = bench.pull("lease").getFirst();
        assertThat(second.getAckId()).isNotEqualTo(first.getAckId());

        bench.acknowledge("lease", first);
        seconds(20);
        assertThat(bench.pull("lease")).hasSize(1);
    }

    @Test
    void anExtendedLeaseRunsFromWhenItWasExtended() {
        bench.subscribe("extend", subscription -> subscription);
        bench.publish("extend", message("a", ""));
        ReceivedMessage received = bench.pull("extend").getFirst();
        seconds(9);
        bench.modify("extend", received, 30);

        seconds(29);
        assertThat(bench.pull("extend")).isEmpty();
        seconds(1);
        assertThat(bench.pull("extend")).hasSize(1);
    }

    @Test
    void anAcknowledgementAfterTheLeaseCountsWhileNobodyElseHasTheMessage() {
        bench.subscribe("late", subscription -> subscription);
        bench.publish("late", message("a", ""));
        ReceivedMessage received = bench.pull("late").getFirst();
        seconds(10);
        bench.acknowledge("late", received);

        assertThat(bench.pull("late")).isEmpty();
    }

    @Test
    void theRetryPolicyDoublesTheDelayUpToItsMaximum() {
        bench.subscribe("backoff", retry(10, 30));
        bench.publish("backoff", message("a", ""));
        for (int delay : List.of(10, 20, 30, 30)) {
            bench.modify("backoff", bench.pull("backoff").getFirst(), 0);
            seconds(delay - 1);
            assertThat(bench.pull("backoff")).isEmpty();
            seconds(1);
        }
        assertThat(bench.pull("backoff")).hasSize(1);
    }

    @Test
    void theRetryPolicyAlsoDelaysWhatALeaseGaveUp() {
        bench.subscribe("expired", retry(60, 600));
        bench.publish("expired", message("a", ""));
        assertThat(bench.pull("expired")).hasSize(1);
        seconds(10);
        assertThat(bench.pull("expired")).isEmpty();
        seconds(60);
        assertThat(bench.pull("expired")).hasSize(1);
    }

    @Test
    void leasesThatRunOutCountAsDeliveryAttempts() {
        bench.topic("attempts-dead", topic -> topic);
        bench.subscriber.createSubscription(
                Subscription.newBuilder()
                        .setName(Bench.subscription("attempts-dead"))
                        .setTopic(Bench.topic("attempts-dead"))
                        .build());
        bench.subscribe(
                "attempts",
                subscription ->
                        subscription.setDeadLetterPolicy(
                                DeadLetterPolicy.newBuilder()
                                        .setDeadLetterTopic(Bench.topic("attempts-dead"))));
        bench.publish("attempts", message("a", ""));
        for (int attempt = 1; attempt <= 5; attempt++) {
            assertThat(bench.pull("attempts").getFirst().getDeliveryAttempt()).isEqualTo(attempt);
            seconds(10);
        }
        await().until(() -> texts(bench.pull("attempts-dead")), List.of("a")::equals);
        assertThat(bench.pull("attempts")).isEmpty();
    }

    @Test
    void aMessageWhoseDeadLetterTopicIsGoneStays() {
        bench.topic("gone-dead", topic -> topic);
        bench.subscribe(
                "gone",
                subscription ->
                        subscription.setDeadLetterPolicy(
                                DeadLetterPolicy.newBuilder()
                                        .setDeadLetterTopic(Bench.topic("gone-dead"))));
        bench.publisher.deleteTopic(
                DeleteTopicRequest.newBuilder().setTopic(Bench.topic("gone-dead")).build());
        bench.publish("gone", message("a", ""));
        for (int attempt = 1; attempt <= 6; attempt++) {
            int expected = attempt;
            await().until(
                            () -> bench.pull("gone"),
                            received ->
                                    !received.isEmpty()
                                            && received.getFirst().getDeliveryAttempt()
                                                    == expected);
            seconds(10);
        }
    }

    @Test
    void whatIsOlderThanTheRetentionIsForgotten() {
        bench.subscribe(
                "retention",
                subscription ->
                        subscription.setMessageRetentionDuration(Durations.fromMinutes(10)));
        bench.publish("retention", message("old", ""));
        bench.pass(Duration.ofMinutes(5));
        bench.publish("retention", message("new", ""));
        bench.pass(Duration.ofMinutes(5).plusMillis(1));

        assertThat(texts(bench.pull("retention"))).containsExactly("new");
    }

    @Test
    void aTopicsRetentionBringsAcknowledgedMessagesBack() {
        bench.subscribe("topic-retention", subscription -> subscription);
        bench.publisher.updateTopic(
                UpdateTopicRequest.newBuilder()
                        .setTopic(
                                Topic.newBuilder()
                                        .setName(Bench.topic("topic-retention"))
                                        .setMessageRetentionDuration(Durations.fromHours(1)))
                        .setUpdateMask(
                                FieldMask.newBuilder().addPaths("message_retention_duration"))
                        .build());
        bench.publish("topic-retention", message("a", ""));
        seconds(60);
        bench.publish("topic-retention", message("b", ""));
        bench.pull("topic-retention").forEach(one -> bench.acknowledge("topic-retention", one));

        seek("topic-retention", Duration.ofSeconds(-30));
        List<ReceivedMessage> back = bench.pull("topic-retention");
        assertThat(texts(back)).containsExactly("b");
        bench.acknowledge("topic-retention", back.getFirst());

        bench.pass(Duration.ofMinutes(60));
        seek("topic-retention", Duration.ofHours(-2));
        assertThat(texts(bench.pull("topic-retention"))).containsExactly("b");
    }

    private static void seek(String id, Duration from) {
        bench.subscriber.seek(
                SeekRequest.newBuilder()
                        .setSubscription(Bench.subscription(id))
                        .setTime(
                                Timestamps.fromMillis(
                                        bench.clock.instant().plus(from).toEpochMilli()))
                        .build());
    }

    @Test
    void aSubscriptionThatNobodyUsesExpiresUnlessItMayNever() {
        bench.subscribe(
                "unused",
                subscription ->
                        subscription.setExpirationPolicy(
                                ExpirationPolicy.newBuilder().setTtl(Durations.fromDays(1))));
        bench.subscribe(
                "unused-kept",
                subscription ->
                        subscription.setExpirationPolicy(ExpirationPolicy.getDefaultInstance()));
        bench.pass(Duration.ofDays(1));
        assertThat(bench.pull("unused")).isEmpty();
        bench.pass(Duration.ofDays(1).plusMillis(1));

        assertThatExceptionOfType(StatusRuntimeException.class)
                .isThrownBy(() -> bench.pull("unused"))
                .matches(e -> e.getStatus().getCode() == Status.Code.NOT_FOUND);
        assertThat(
                        bench.subscriber
                                .getSubscription(
                                        GetSubscriptionRequest.newBuilder()
                                                .setSubscription(Bench.subscription("unused-kept"))
                                                .build())
                                .getExpirationPolicy()
                                .hasTtl())
                .isFalse();
    }

    @Test
    void aKeysMessagesWaitForThoseBeforeThem() {
        bench.subscribe("line", ordered());
        bench.publish("line", message("1", "k"), message("x", "other"), message("2", "k"));
        List<ReceivedMessage> batch = bench.pull("line");
        assertThat(texts(batch)).containsExactly("1", "2", "x");

        bench.publish("line", message("3", "k"));
        assertThat(bench.pull("line")).isEmpty();
        bench.acknowledge("line", batch.get(1));
        assertThat(bench.pull("line")).isEmpty();
        bench.acknowledge("line", batch.get(0));
        assertThat(texts(bench.pull("line"))).containsExactly("3");
    }

    @Test
    void whatAKeyGivesBackTakesEverythingBehindItBackEvenAcknowledged() {
        bench.subscribe("line-back", ordered().andThen(retry(10, 10))::apply);
        bench.publish(
                "line-back",
                message("1", "k"),
                message("2", "k"),
                message("3", "k"),
                message("4", "k"));
        List<ReceivedMessage> batch = bench.pull("line-back");
        bench.acknowledge("line-back", batch.get(0), batch.get(2));
        bench.modify("line-back", batch.get(1), 0);

        assertThat(bench.pull("line-back")).isEmpty();
        bench.acknowledge("line-back", batch.get(3));
        seconds(10);
        assertThat(texts(bench.pull("line-back"))).containsExactly("2", "3", "4");
    }

    @Test
    void leasesOfAKeyThatRunOutTogetherStartAgainFromTheFirst() {
        bench.subscribe("line-lease", ordered());
        bench.publish("line-lease", message("1", "k"), message("2", "k"), message("3", "k"));
        assertThat(bench.pull("line-lease")).hasSize(3);
        seconds(10);
        List<ReceivedMessage> again = bench.pull("line-lease");
        assertThat(texts(again)).containsExactly("1", "2", "3");
        bench.acknowledge("line-lease", again.toArray(ReceivedMessage[]::new));
        seconds(10);
        assertThat(bench.pull("line-lease")).isEmpty();
    }

    @Test
    void aSeekForgetsWhatWasPublishedBefore() {
        bench.subscribe("seek", subscription -> subscription);
        bench.publish("seek", message("old", ""));
        seconds(2);
        bench.publish("seek", message("new", ""));
        seek("seek", Duration.ofSeconds(-1));

        assertThat(texts(bench.pull("seek"))).containsExactly("new");
    }
}
