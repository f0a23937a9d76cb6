package dev.slipway.local.pubsub;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assumptions.assumeFalse;

import com.google.api.gax.rpc.StatusCode;
import com.google.cloud.pubsub.v1.AckReplyConsumer;
import com.google.cloud.pubsub.v1.MessageReceiver;
import com.google.cloud.pubsub.v1.Publisher;
import com.google.protobuf.ByteString;
import com.google.protobuf.FieldMask;
import com.google.protobuf.util.Durations;
import com.google.protobuf.util.Timestamps;
import com.google.pubsub.v1.DeadLetterPolicy;
import com.google.pubsub.v1.PubsubMessage;
import com.google.pubsub.v1.ReceivedMessage;
import com.google.pubsub.v1.RetryPolicy;
import com.google.pubsub.v1.Subscription;
import com.google.pubsub.v1.SubscriptionName;
import com.google.pubsub.v1.Topic;
import com.google.pubsub.v1.TopicName;
import com.google.pubsub.v1.UpdateSubscriptionRequest;
import io.grpc.StatusRuntimeException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.Set;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** What Pub/Sub does for Google's own Java clients, wherever it runs. */
abstract class PubSubContract extends WithPubSub {
    private static final Duration SOON = Duration.ofSeconds(60);

    /** What Google's service does and its emulator was seen not to do, and how that shows. */
    enum Ability {
        FILTER("delivers everything, whatever a subscription's filter says"),
        FIRST_BACKOFF("delivers again at once the first time, whatever the minimum backoff"),
        ORDER_AFTER_GIVING_BACK("does not deliver again what is behind a given back message"),
        TOKENS("does not look at tokens");

        private final String absence;

        Ability(String absence) {
            this.absence = absence;
        }
    }

    /** What the one under test does not do. */
    abstract Set<Ability> lacks();

    private void needs(Ability ability) {
        assumeFalse(lacks().contains(ability), "Google's emulator " + ability.absence);
    }

    @Test
    void keepsTopics() {
        assertThat(clients.topics.getTopic(topic).getName()).isEqualTo(topic);
        List<String> listed = new ArrayList<>();
        clients.topics
                .listTopics("projects/" + PROJECT)
                .iterateAll()
                .forEach(found -> listed.add(found.getName()));
        assertThat(listed).contains(topic);

        clients.topics.deleteTopic(topic);
        refused(StatusCode.Code.NOT_FOUND, () -> clients.topics.getTopic(topic));
    }

    @Test
    void refusesWhatExistsAndWhatIsMissing() {
        subscribe(settings -> settings);
        refused(StatusCode.Code.ALREADY_EXISTS, () -> clients.topics.createTopic(topic));
        refused(StatusCode.Code.ALREADY_EXISTS, () -> subscribe(settings -> settings));
        refused(
                StatusCode.Code.NOT_FOUND,
                () ->
                        subscribe(
                                settings ->
                                        settings.setName(subscription + "-other")
                                                .setTopic(topic + "-missing")));
        refused(
                StatusCode.Code.NOT_FOUND,
                () -> clients.topics.publish(topic + "-missing", List.of(message("x"))));
        refused(
                StatusCode.Code.NOT_FOUND,
                () -> clients.subscriptions.pull(subscription + "-missing", 1));
    }

    @Test
    void keepsSubscriptionsAndTheirSettings() {
        Subscription made =
                subscribe(
                        settings ->
                                settings.setAckDeadlineSeconds(30)
                                        .setMessageRetentionDuration(Durations.fromHours(1))
                                        .putLabels("team", "a"));
        assertThat(made.getAckDeadlineSeconds()).isEqualTo(30);
        assertThat(clients.subscriptions.getSubscription(subscription).getLabelsMap())
                .isEqualTo(Map.of("team", "a"));
        assertThat(clients.topics.listTopicSubscriptions(topic).iterateAll())
                .containsExactly(subscription);

        Subscription changed =
                clients.subscriptions.updateSubscription(
                        UpdateSubscriptionRequest.newBuilder()
                                .setSubscription(
                                        Subscription.newBuilder()
                                                .setName(subscription)
                                                .setAckDeadlineSeconds(60)
                                                .putLabels("not", "named"))
                                .setUpdateMask(
                                        FieldMask.newBuilder().addPaths("ack_deadline_seconds"))
                                .build());
        assertThat(changed.getAckDeadlineSeconds()).isEqualTo(60);
        assertThat(changed.getLabelsMap()).isEqualTo(Map.of("team", "a"));

        clients.subscriptions.deleteSubscription(subscription);
        refused(
                StatusCode.Code.NOT_FOUND,
                () -> clients.subscriptions.getSubscription(subscription));
    }

    @Test
    void aDeletedTopicLeavesItsSubscriptions() {
        subscribe(settings -> settings);
        publish("kept");
        clients.topics.deleteTopic(topic);

        assertThat(clients.subscriptions.getSubscription(subscription).getTopic())
                .isEqualTo("_deleted-topic_");
        assertThat(texts(pull(1))).containsExactly("kept");
    }

    @Test
    void refusesAMessageWithoutDataAndAttributes() {
        refused(
                StatusCode.Code.INVALID_ARGUMENT,
                () -> clients.topics.publish(topic, List.of(PubsubMessage.getDefaultInstance())));
    }

    @Test
    void pulledMessagesStayAwayOnceAcknowledged() {
        subscribe(settings -> settings);
        List<String> ids = publish("a", "b", "c");
        List<ReceivedMessage> received = new ArrayList<>();
        await().atMost(SOON)
                .until(
                        () -> {
                            received.addAll(pull(10));
                            return received.size() == 3;
                        });

        assertThat(received.stream().map(one -> one.getMessage().getMessageId()))
                .containsExactlyInAnyOrderElementsOf(ids);
        assertThat(received)
                .allMatch(one -> one.getMessage().hasPublishTime())
                .allMatch(one -> one.getDeliveryAttempt() == 0);
        acknowledge(received);
        giveBack(received);
        assertThat(pullNow()).isEmpty();
    }

    @Test
    void whatIsGivenBackComesAtOnceWithoutARetryPolicy() {
        subscribe(settings -> settings);
        publish("again");
        Queue<String> seen = new ConcurrentLinkedQueue<>();
        clients.receive(
                subscription,
                10,
                (message, reply) -> {
                    seen.add(message.getMessageId());
                    if (seen.size() < 4) {
                        reply.nack();
                    } else {
                        reply.ack();
                    }
                });

        await().atMost(SOON).until(() -> seen.size() == 4);
        assertThat(seen.stream().distinct()).hasSize(1);
    }

    @Test
    void streamsWhatIsPublishedAndMeasuresHowFast() throws Exception {
        subscribe(settings -> settings);
        LinkedBlockingQueue<Long> arrivals = new LinkedBlockingQueue<>();
        clients.receive(
                subscription,
                1000,
                (message, reply) -> {
                    arrivals.add(System.nanoTime());
                    reply.ack();
                });
        Publisher publisher = clients.publisher(topic, false);
        List<Long> micros = new ArrayList<>();
        for (int i = 0; i < 200; i++) {
            long start = System.nanoTime();
            publisher.publish(message("ping")).get();
            Long arrived = arrivals.poll(20, TimeUnit.SECONDS);
            assertThat(arrived).isNotNull();
            micros.add(TimeUnit.NANOSECONDS.toMicros(arrived - start));
        }
        List<Long> sorted = micros.stream().skip(50).sorted().toList();
        System.out.printf(
                "publish-to-receive-idle p50 %d us, p99 %d us%n",
                sorted.get(sorted.size() / 2), sorted.get(sorted.size() * 99 / 100));
    }

    @Test
    void carriesAFloodToTheLastMessage() {
        subscribe(settings -> settings);
        int count = 20_000;
        AtomicInteger arrived = new AtomicInteger();
        Publisher publisher = clients.batchingPublisher(topic);
        ByteString kilobyte = ByteString.copyFrom(new byte[1000]);
        long start = System.nanoTime();
        clients.receive(
                subscription,
                1000,
                (message, reply) -> {
                    reply.ack();
                    arrived.incrementAndGet();
                });
        for (int i = 0; i < count; i++) {
            var _ = publisher.publish(PubsubMessage.newBuilder().setData(kilobyte).build());
        }
        await().atMost(Duration.ofMinutes(2)).until(() -> arrived.get() >= count);
        double seconds = (System.nanoTime() - start) / 1e9;
        System.out.printf("publish-and-receive %.0f messages/s%n", count / seconds);
    }

    @Test
    void twoSubscribersShareWhatIsPublished() {
        subscribe(settings -> settings);
        AtomicInteger first = new AtomicInteger();
        AtomicInteger second = new AtomicInteger();
        clients.receive(subscription, 100, counting(first));
        clients.receive(subscription, 100, counting(second));
        AtomicInteger published = new AtomicInteger();
        await().atMost(SOON)
                .until(
                        () -> {
                            published.addAndGet(publish("a", "b", "c", "d").size());
                            return first.get() > 0 && second.get() > 0;
                        });

        await().atMost(SOON).until(() -> first.get() + second.get() == published.get());
    }

    private static MessageReceiver counting(AtomicInteger count) {
        return (message, reply) -> {
            count.incrementAndGet();
            reply.ack();
        };
    }

    @Test
    void neverSendsMoreThanAClientHasRoomFor() {
        subscribe(settings -> settings);
        publish(IntStream.range(0, 30).mapToObj(Integer::toString).toArray(String[]::new));
        Queue<AckReplyConsumer> inHand = new ConcurrentLinkedQueue<>();
        AtomicInteger received = new AtomicInteger();
        clients.receive(
                subscription,
                3,
                (message, reply) -> {
                    received.incrementAndGet();
                    inHand.add(reply);
                });

        await().atMost(SOON).until(() -> received.get() == 3);
        await().during(Duration.ofMillis(500)).atMost(SOON).until(() -> received.get() == 3);
        inHand.remove().ack();
        await().atMost(SOON).until(() -> received.get() == 4);
        await().atMost(SOON)
                .until(
                        () -> {
                            while (!inHand.isEmpty()) {
                                inHand.remove().ack();
                            }
                            return received.get() == 30;
                        });
    }

    @Test
    void whatFailsTooOftenGoesToTheDeadLetterTopic() {
        String deadTopic = topic + "-dead";
        String deadSubscription = subscription + "-dead";
        clients.topics.createTopic(deadTopic);
        clients.subscriptions.createSubscription(
                Subscription.newBuilder().setName(deadSubscription).setTopic(deadTopic).build());
        subscribe(
                settings ->
                        settings.setDeadLetterPolicy(
                                DeadLetterPolicy.newBuilder()
                                        .setDeadLetterTopic(deadTopic)
                                        .setMaxDeliveryAttempts(5)));
        clients.topics.publish(topic, List.of(message("poison", Map.of("a", "b"))));
        Queue<Integer> attempts = new ConcurrentLinkedQueue<>();
        clients.receive(
                subscription,
                10,
                (message, reply) -> {
                    attempts.add(com.google.cloud.pubsub.v1.Subscriber.getDeliveryAttempt(message));
                    reply.nack();
                });
        List<PubsubMessage> dead = new ArrayList<>();
        await().atMost(SOON)
                .until(
                        () -> {
                            clients.subscriptions
                                    .pull(deadSubscription, 1)
                                    .getReceivedMessagesList()
                                    .forEach(one -> dead.add(one.getMessage()));
                            return !dead.isEmpty();
                        });

        assertThat(attempts).containsExactly(1, 2, 3, 4, 5);
        assertThat(text(dead.getFirst())).isEqualTo("poison");
        assertThat(dead.getFirst().getAttributesMap())
                .containsEntry("a", "b")
                .containsEntry("CloudPubSubDeadLetterSourceDeliveryCount", "5")
                .containsEntry(
                        "CloudPubSubDeadLetterSourceSubscription",
                        SubscriptionName.parse(subscription).getSubscription())
                .containsEntry("CloudPubSubDeadLetterSourceSubscriptionProject", PROJECT)
                .containsKey("CloudPubSubDeadLetterSourceTopicPublishTime");
    }

    @Test
    void messagesOfOneKeyArriveInOrder() throws Exception {
        subscribe(settings -> settings.setEnableMessageOrdering(true));
        Queue<String> red = new ConcurrentLinkedQueue<>();
        Queue<String> blue = new ConcurrentLinkedQueue<>();
        clients.receive(
                subscription,
                100,
                (message, reply) -> {
                    (message.getOrderingKey().equals("red") ? red : blue).add(text(message));
                    reply.ack();
                });
        Publisher publisher = clients.publisher(topic, true);
        List<String> expected = new ArrayList<>();
        for (int i = 0; i < 50; i++) {
            expected.add(Integer.toString(i));
            var _ = publisher.publish(keyed(Integer.toString(i), "red"));
            var _ = publisher.publish(keyed(Integer.toString(i), "blue"));
        }

        await().atMost(SOON).until(() -> red.size() + blue.size() == 100);
        assertThat(red).containsExactlyElementsOf(expected);
        assertThat(blue).containsExactlyElementsOf(expected);
    }

    @Test
    void aSeekToNowForgetsTheBacklogAndOneBackBringsItAgain() throws Exception {
        subscribe(settings -> settings.setRetainAckedMessages(true));
        publish("old");
        List<ReceivedMessage> received = pull(10);
        acknowledge(received);
        long published = Timestamps.toMillis(received.getFirst().getMessage().getPublishTime());
        seek(published - 1000);
        assertThat(texts(pull(10))).containsExactly("old");

        seek(System.currentTimeMillis() + 1);
        assertThat(pullNow()).isEmpty();
    }

    @Test
    void deliversOnlyWhatTheFilterWants() {
        needs(Ability.FILTER);
        subscribe(settings -> settings.setFilter("attributes.kind = \"a\" AND NOT attributes:b"));
        clients.topics.publish(
                topic,
                List.of(
                        message("wanted", Map.of("kind", "a")),
                        message("other kind", Map.of("kind", "x")),
                        message("has b", Map.of("kind", "a", "b", ""))));

        assertThat(texts(pull(10))).containsExactly("wanted");
        assertThat(pullNow()).isEmpty();
    }

    @Test
    void holdsBackWhatIsGivenBackForAsLongAsTheRetryPolicySays() {
        needs(Ability.FIRST_BACKOFF);
        subscribe(
                settings ->
                        settings.setRetryPolicy(
                                RetryPolicy.newBuilder()
                                        .setMinimumBackoff(Durations.fromMillis(1500))));
        publish("a");
        Queue<Long> arrivals = new ConcurrentLinkedQueue<>();
        clients.receive(
                subscription,
                10,
                (message, reply) -> {
                    arrivals.add(System.nanoTime());
                    if (arrivals.size() < 2) {
                        reply.nack();
                    } else {
                        reply.ack();
                    }
                });

        await().atMost(SOON).until(() -> arrivals.size() == 2);
        Duration between = Duration.ofNanos(-arrivals.remove() + arrivals.remove());
        assertThat(between).isBetween(Duration.ofMillis(1500), Duration.ofSeconds(5));
    }

    @Test
    void whatAKeyGivesBackComesAgainWithAllThatIsBehindIt() {
        needs(Ability.ORDER_AFTER_GIVING_BACK);
        subscribe(settings -> settings.setEnableMessageOrdering(true));
        clients.topics.publish(
                topic, List.of(keyed("1", "red"), keyed("2", "red"), keyed("3", "red")));
        List<ReceivedMessage> received = pull(10);
        acknowledge(received.subList(1, received.size()));
        giveBack(received.subList(0, 1));

        assertThat(texts(received)).containsExactly("1", "2", "3");
        assertThat(texts(pull(10))).containsExactly("1", "2", "3");
    }

    @Test
    void aTokenThatNobodyMadeIsRefused() {
        needs(Ability.TOKENS);
        try (Clients stranger = Clients.withToken(authority(), "a stranger's")) {
            refused(StatusCode.Code.UNAUTHENTICATED, () -> stranger.topics.getTopic(topic));
        }
    }

    @Test
    void refusesSettingsOutOfRange() {
        refused(
                StatusCode.Code.INVALID_ARGUMENT,
                () -> subscribe(settings -> settings.setAckDeadlineSeconds(601)));
        refused(
                StatusCode.Code.INVALID_ARGUMENT,
                () ->
                        subscribe(
                                settings ->
                                        settings.setMessageRetentionDuration(
                                                Durations.fromSeconds(599))));
        refused(
                StatusCode.Code.INVALID_ARGUMENT,
                () ->
                        clients.topics.createTopic(
                                Topic.newBuilder()
                                        .setName(TopicName.format(PROJECT, "goog-topic"))
                                        .build()));
    }

    @Test
    void aPublisherHearsOfAMissingTopic() {
        Publisher publisher = clients.publisher(topic + "-missing", false);
        assertThatExceptionOfType(ExecutionException.class)
                .isThrownBy(() -> publisher.publish(message("x")).get(20, TimeUnit.SECONDS))
                .withRootCauseInstanceOf(StatusRuntimeException.class);
    }
}
