package dev.slipway.kit.google;

import com.google.protobuf.ByteString;
import com.google.protobuf.Empty;
import com.google.pubsub.v1.AcknowledgeRequest;
import com.google.pubsub.v1.ModifyAckDeadlineRequest;
import com.google.pubsub.v1.PublishRequest;
import com.google.pubsub.v1.PublishResponse;
import com.google.pubsub.v1.PubsubMessage;
import com.google.pubsub.v1.ReceivedMessage;
import com.google.pubsub.v1.StreamingPullRequest;
import com.google.pubsub.v1.StreamingPullResponse;
import io.grpc.MethodDescriptor;
import io.grpc.ServerServiceDefinition;
import io.grpc.Status;
import io.grpc.protobuf.ProtoUtils;
import io.grpc.stub.ServerCallStreamObserver;
import io.grpc.stub.ServerCalls;
import io.grpc.stub.StreamObserver;
import java.io.IOException;
import java.net.URI;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;

/** Pub/Sub's wire: hands out what a test wants and notes what a subscriber does with it. */
final class PubSubStandIn implements AutoCloseable {
    private static final String SUBSCRIBER = "google.pubsub.v1.Subscriber";
    private static final MethodDescriptor<StreamingPullRequest, StreamingPullResponse> PULL =
            MethodDescriptor.<StreamingPullRequest, StreamingPullResponse>newBuilder()
                    .setType(MethodDescriptor.MethodType.BIDI_STREAMING)
                    .setFullMethodName(
                            MethodDescriptor.generateFullMethodName(SUBSCRIBER, "StreamingPull"))
                    .setRequestMarshaller(
                            ProtoUtils.marshaller(StreamingPullRequest.getDefaultInstance()))
                    .setResponseMarshaller(
                            ProtoUtils.marshaller(StreamingPullResponse.getDefaultInstance()))
                    .build();

    private final GrpcStandIn google = new GrpcStandIn();
    private final List<StreamObserver<StreamingPullResponse>> streams = new ArrayList<>();
    private final List<String> acknowledged = new CopyOnWriteArrayList<>();
    private final List<String> handedBack = new CopyOnWriteArrayList<>();
    private final List<PublishRequest> published = new CopyOnWriteArrayList<>();
    private Status pulling = Status.OK;
    private volatile Status publishing = Status.OK;
    private int opened;

    PubSubStandIn() throws IOException {
        google.serve(
                SUBSCRIBER,
                ServerServiceDefinition.builder(SUBSCRIBER)
                        .addMethod(PULL, ServerCalls.asyncBidiStreamingCall(this::pull)),
                new GrpcStandIn.Method<>(
                        "Acknowledge",
                        AcknowledgeRequest.getDefaultInstance(),
                        Empty.getDefaultInstance(),
                        this::acknowledge),
                new GrpcStandIn.Method<>(
                        "ModifyAckDeadline",
                        ModifyAckDeadlineRequest.getDefaultInstance(),
                        Empty.getDefaultInstance(),
                        this::modify));
        google.serve(
                "google.pubsub.v1.Publisher",
                new GrpcStandIn.Method<>(
                        "Publish",
                        PublishRequest.getDefaultInstance(),
                        PublishResponse.getDefaultInstance(),
                        this::publish));
    }

    URI endpoint() {
        return google.endpoint();
    }

    private synchronized StreamObserver<StreamingPullRequest> pull(
            StreamObserver<StreamingPullResponse> subscriber) {
        opened++;
        if (pulling.isOk()) {
            streams.add(subscriber);
            ((ServerCallStreamObserver<StreamingPullResponse>) subscriber)
                    .setOnCancelHandler(() -> closed(subscriber));
        } else {
            subscriber.onError(pulling.asRuntimeException());
        }
        return new StreamObserver<>() {
            @Override
            public void onNext(StreamingPullRequest request) {}

            @Override
            public void onError(Throwable failure) {
                closed(subscriber);
            }

            @Override
            public void onCompleted() {
                closed(subscriber);
            }
        };
    }

    private synchronized void closed(StreamObserver<StreamingPullResponse> subscriber) {
        streams.remove(subscriber);
    }

    /** Streams that are open now. */
    synchronized int streams() {
        return streams.size();
    }

    /** Streams that were ever asked for. */
    synchronized int opened() {
        return opened;
    }

    /** Ends every stream so, and refuses new ones until the status is OK again. */
    synchronized void pulling(Status status) {
        pulling = status;
        if (!status.isOk()) {
            List.copyOf(streams).forEach(stream -> stream.onError(status.asRuntimeException()));
            streams.clear();
        }
    }

    /** How publishing ends from now on. */
    void publishing(Status status) {
        publishing = status;
    }

    /** Delivers a message on every open stream. */
    synchronized void deliver(String id, Map<String, String> attributes) {
        StreamingPullResponse response =
                StreamingPullResponse.newBuilder()
                        .addReceivedMessages(
                                ReceivedMessage.newBuilder()
                                        .setAckId(id)
                                        .setMessage(
                                                PubsubMessage.newBuilder()
                                                        .setMessageId(id)
                                                        .putAllAttributes(attributes)
                                                        .setData(ByteString.copyFromUtf8(id))))
                        .build();
        streams.forEach(stream -> stream.onNext(response));
    }

    private Empty acknowledge(AcknowledgeRequest request) {
        acknowledged.addAll(request.getAckIdsList());
        return Empty.getDefaultInstance();
    }

    private Empty modify(ModifyAckDeadlineRequest request) {
        if (request.getAckDeadlineSeconds() == 0) {
            handedBack.addAll(request.getAckIdsList());
        }
        return Empty.getDefaultInstance();
    }

    private PublishResponse publish(PublishRequest request) {
        if (!publishing.isOk()) {
            throw publishing.asRuntimeException();
        }
        published.add(request);
        return PublishResponse.newBuilder().addMessageIds("p" + published.size()).build();
    }

    List<String> acknowledged() {
        return acknowledged;
    }

    /** What came back with a nack. */
    List<String> handedBack() {
        return handedBack;
    }

    List<PublishRequest> published() {
        return published;
    }

    @Override
    public void close() {
        google.close();
    }
}
