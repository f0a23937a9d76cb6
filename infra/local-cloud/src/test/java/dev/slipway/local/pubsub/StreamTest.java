package dev.slipway.local.pubsub;

import static dev.slipway.local.pubsub.Bench.message;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.google.pubsub.v1.DeleteSubscriptionRequest;
import com.google.pubsub.v1.DetachSubscriptionRequest;
import com.google.pubsub.v1.PubsubMessage;
import com.google.pubsub.v1.ReceivedMessage;
import com.google.pubsub.v1.StreamingPullRequest;
import com.google.pubsub.v1.StreamingPullResponse;
import com.google.pubsub.v1.SubscriberGrpc;
import io.grpc.Status;
import io.grpc.stub.ClientCallStreamObserver;
import io.grpc.stub.StreamObserver;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** StreamingPull, request by request. */
class StreamTest {
    private static final Duration SOON = Duration.ofSeconds(60);

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

    /** A client that takes everything and acknowledges nothing. */
    private static final class Stream implements StreamObserver<StreamingPullResponse> {
        final List<StreamingPullResponse> responses = new CopyOnWriteArrayList<>();
        final List<ReceivedMessage> messages = new CopyOnWriteArrayList<>();
        final CompletableFuture<Status> end = new CompletableFuture<>();
        final StreamObserver<StreamingPullRequest> requests;

        Stream(StreamingPullRequest.Builder first) {
            requests = SubscriberGrpc.newStub(bench.channel()).streamingPull(this);
            requests.onNext(first.build());
        }

        void kill() {
            ((ClientCallStreamObserver<StreamingPullRequest>) requests).cancel("killed", null);
            assertThat(end.join().getCode()).isEqualTo(Status.Code.CANCELLED);
        }

        void awaitMessages(int count) {
            await().atMost(SOON).until(() -> messages.size() == count);
        }

        void staysAt(int count) {
            await().during(Duration.ofMillis(200))
                    .atMost(SOON)
                    .until(() -> messages.size() == count);
        }

        @Override
        public void onNext(StreamingPullResponse response) {
            responses.add(response);
            messages.addAll(response.getReceivedMessagesList());
        }

        @Override
        public void onError(Throwable error) {
            end.complete(Status.fromThrowable(error));
        }

        @Override
        public void onCompleted() {
            end.complete(Status.OK);
        }
    }

    private static StreamingPullRequest.Builder first(String id) {
        return StreamingPullRequest.newBuilder()
                .setSubscription(Bench.subscription(id))
                .setStreamAckDeadlineSeconds(10);
    }

    @Test
    void whatAKilledStreamHadGoesToAnotherAfterTheDeadline() {
        bench.subscribe("killed", subscription -> subscription);
        Stream killed = new Stream(first("killed").setMaxOutstandingMessages(2));
        bench.publish("killed", message("a", ""), message("b", ""), message("c", ""));
        killed.awaitMessages(2);
        killed.kill();
        Stream other = new Stream(first("killed"));
        other.awaitMessages(1);

        bench.pass(Duration.ofMillis(9_999));
        other.staysAt(1);
        bench.pass(Duration.ofMillis(1));
        other.awaitMessages(4);
    }

    @Test
    void servesStreamsInTurn() {
        bench.subscribe("turns", subscription -> subscription);
        List<Stream> streams =
                List.of(
                        new Stream(first("turns").setProtocolVersion(1)),
                        new Stream(first("turns").setProtocolVersion(1)),
                        new Stream(
                                first("turns")
                                        .setProtocolVersion(1)
                                        .setMaxOutstandingMessages(10)));
        streams.forEach(one -> one.requests.onNext(StreamingPullRequest.getDefaultInstance()));
        await().atMost(SOON)
                .until(() -> streams.stream().allMatch(one -> one.responses.size() == 1));
        bench.publish(
                "turns",
                IntStream.range(0, 90)
                        .mapToObj(i -> message(Integer.toString(i), ""))
                        .toArray(PubsubMessage[]::new));

        streams.get(0).awaitMessages(40);
        streams.get(1).awaitMessages(40);
        streams.get(2).awaitMessages(10);
    }

    @Test
    void acknowledgesAndMovesLeasesOnTheStream() {
        bench.subscribe("on-stream", subscription -> subscription);
        Stream stream = new Stream(first("on-stream").setMaxOutstandingMessages(1));
        bench.publish("on-stream", message("a", ""), message("b", ""));
        stream.awaitMessages(1);
        stream.requests.onNext(
                StreamingPullRequest.newBuilder()
                        .addAckIds(stream.messages.getFirst().getAckId())
                        .build());
        stream.awaitMessages(2);
        stream.requests.onNext(
                StreamingPullRequest.newBuilder()
                        .addModifyDeadlineAckIds(stream.messages.get(1).getAckId())
                        .addModifyDeadlineSeconds(0)
                        .build());
        stream.awaitMessages(3);

        assertThat(Bench.texts(stream.messages)).containsExactly("a", "b", "b");
    }

    @Test
    void stopsAtTheBytesThatAClientHasRoomFor() {
        bench.subscribe("bytes", subscription -> subscription);
        Stream stream = new Stream(first("bytes").setMaxOutstandingBytes(1500));
        String kilobyte = "x".repeat(1000);
        bench.publish("bytes", message(kilobyte, ""), message(kilobyte, ""), message("c", ""));
        stream.awaitMessages(2);
        stream.staysAt(2);
        bench.acknowledge("bytes", stream.messages.getFirst());
        stream.awaitMessages(3);
    }

    @Test
    void answersAPingAndTellsTheSubscriptionsProperties() {
        bench.subscribe("ping", subscription -> subscription.setEnableMessageOrdering(true));
        Stream stream = new Stream(first("ping").setProtocolVersion(1));
        stream.requests.onNext(StreamingPullRequest.getDefaultInstance());

        await().atMost(SOON).until(() -> stream.responses.size() == 1);
        assertThat(stream.responses.getFirst().getReceivedMessagesList()).isEmpty();
        assertThat(
                        stream.responses
                                .getFirst()
                                .getSubscriptionProperties()
                                .getMessageOrderingEnabled())
                .isTrue();
    }

    @Test
    void refusesWhatAStreamMayNotSay() {
        bench.subscribe("wrong", subscription -> subscription);
        assertThat(new Stream(first("wrong").setStreamAckDeadlineSeconds(9)).end.join().getCode())
                .isEqualTo(Status.Code.INVALID_ARGUMENT);
        assertThat(new Stream(first("wrong-missing")).end.join().getCode())
                .isEqualTo(Status.Code.NOT_FOUND);
        assertThat(new Stream(first("wrong").addAckIds("?")).end.join().getCode())
                .isEqualTo(Status.Code.INVALID_ARGUMENT);
        Stream twice = new Stream(first("wrong"));
        twice.requests.onNext(first("wrong").build());
        assertThat(twice.end.join().getCode()).isEqualTo(Status.Code.INVALID_ARGUMENT);
    }

    @Test
    void endsWithTheSubscription() {
        bench.subscribe("deleted", subscription -> subscription);
        bench.subscribe("detached", subscription -> subscription);
        Stream deleted = new Stream(first("deleted").setProtocolVersion(1));
        Stream detached = new Stream(first("detached").setProtocolVersion(1));
        deleted.requests.onNext(StreamingPullRequest.getDefaultInstance());
        detached.requests.onNext(StreamingPullRequest.getDefaultInstance());
        await().atMost(SOON)
                .until(() -> !deleted.responses.isEmpty() && !detached.responses.isEmpty());
        bench.subscriber.deleteSubscription(
                DeleteSubscriptionRequest.newBuilder()
                        .setSubscription(Bench.subscription("deleted"))
                        .build());
        bench.publisher.detachSubscription(
                DetachSubscriptionRequest.newBuilder()
                        .setSubscription(Bench.subscription("detached"))
                        .build());

        assertThat(deleted.end.join().getCode()).isEqualTo(Status.Code.NOT_FOUND);
        assertThat(detached.end.join().getCode()).isEqualTo(Status.Code.FAILED_PRECONDITION);
    }
}
