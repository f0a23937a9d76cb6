package dev.slipway.local.pubsub;

import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import com.google.api.gax.rpc.ApiException;
import com.google.api.gax.rpc.StatusCode;
import com.google.protobuf.ByteString;
import com.google.protobuf.util.Timestamps;
import com.google.pubsub.v1.PubsubMessage;
import com.google.pubsub.v1.PullRequest;
import com.google.pubsub.v1.PullResponse;
import com.google.pubsub.v1.ReceivedMessage;
import com.google.pubsub.v1.SeekRequest;
import com.google.pubsub.v1.Subscription;
import com.google.pubsub.v1.SubscriptionName;
import com.google.pubsub.v1.TopicName;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.function.UnaryOperator;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.TestInfo;

/** A topic and a subscription of each test's own name, and Google's clients for them. */
abstract class WithPubSub {
    static final String PROJECT = "local-project";

    Clients clients;
    String topic;
    String subscription;

    /** {@code host:port}. */
    abstract String authority();

    @BeforeEach
    void connect(TestInfo test) {
        clients = Clients.of(authority());
        String id = test.getTestMethod().orElseThrow().getName();
        topic = TopicName.format(PROJECT, id);
        subscription = SubscriptionName.format(PROJECT, id);
        clients.topics.createTopic(topic);
    }

    @AfterEach
    void disconnect() {
        clients.close();
    }

    Subscription subscribe(UnaryOperator<Subscription.Builder> settings) {
        return clients.subscriptions.createSubscription(
                settings.apply(
                                Subscription.newBuilder()
                                        .setName(subscription)
                                        .setTopic(topic)
                                        .setAckDeadlineSeconds(10))
                        .build());
    }

    static PubsubMessage message(String text) {
        return PubsubMessage.newBuilder().setData(ByteString.copyFromUtf8(text)).build();
    }

    static PubsubMessage message(String text, Map<String, String> attributes) {
        return message(text).toBuilder().putAllAttributes(attributes).build();
    }

    static PubsubMessage keyed(String text, String key) {
        return message(text).toBuilder().setOrderingKey(key).build();
    }

    List<String> publish(String... texts) {
        return clients.topics
                .publish(topic, Arrays.stream(texts).map(WithPubSub::message).toList())
                .getMessageIdsList();
    }

    List<ReceivedMessage> pull(int most) {
        PullResponse response = clients.subscriptions.pull(subscription, most);
        return response.getReceivedMessagesList();
    }

    static String text(PubsubMessage message) {
        return message.getData().toStringUtf8();
    }

    static List<String> texts(List<ReceivedMessage> received) {
        return received.stream().map(one -> text(one.getMessage())).toList();
    }

    void acknowledge(List<ReceivedMessage> received) {
        clients.subscriptions.acknowledge(
                subscription, received.stream().map(ReceivedMessage::getAckId).toList());
    }

    void giveBack(List<ReceivedMessage> received) {
        clients.subscriptions.modifyAckDeadline(
                subscription, received.stream().map(ReceivedMessage::getAckId).toList(), 0);
    }

    static void refused(StatusCode.Code code, ThrowingCallable call) {
        assertThatExceptionOfType(ApiException.class)
                .isThrownBy(call)
                .matches(e -> e.getStatusCode().getCode() == code, "is " + code);
    }

    /** What there is now, without waiting. */
    @SuppressWarnings("deprecation") // the only way not to wait
    List<ReceivedMessage> pullNow() {
        return clients.subscriptions
                .pull(
                        PullRequest.newBuilder()
                                .setSubscription(subscription)
                                .setMaxMessages(10)
                                .setReturnImmediately(true)
                                .build())
                .getReceivedMessagesList();
    }

    void seek(long millis) {
        clients.subscriptions.seek(
                SeekRequest.newBuilder()
                        .setSubscription(subscription)
                        .setTime(Timestamps.fromMillis(millis))
                        .build());
    }
}
