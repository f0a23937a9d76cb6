package dev.slipway.local.pubsub;

import com.google.protobuf.Empty;
import com.google.pubsub.v1.DeleteTopicRequest;
import com.google.pubsub.v1.DetachSubscriptionRequest;
import com.google.pubsub.v1.DetachSubscriptionResponse;
import com.google.pubsub.v1.GetTopicRequest;
import com.google.pubsub.v1.ListTopicSubscriptionsRequest;
import com.google.pubsub.v1.ListTopicSubscriptionsResponse;
import com.google.pubsub.v1.ListTopicsRequest;
import com.google.pubsub.v1.ListTopicsResponse;
import com.google.pubsub.v1.PublishRequest;
import com.google.pubsub.v1.PublishResponse;
import com.google.pubsub.v1.PublisherGrpc;
import com.google.pubsub.v1.Topic;
import com.google.pubsub.v1.UpdateTopicRequest;
import io.grpc.stub.StreamObserver;
import java.util.Set;

/** {@code google.pubsub.v1.Publisher}. Snapshots are UNIMPLEMENTED. */
final class PublisherCalls extends PublisherGrpc.PublisherImplBase {
    private static final Set<String> CHANGEABLE =
            Set.of(
                    "labels",
                    "message_retention_duration",
                    "message_storage_policy",
                    "kms_key_name",
                    "schema_settings",
                    "ingestion_data_source_settings",
                    "message_transforms");

    private final Bus bus;
    private final Access access;
    private final String project;

    PublisherCalls(Bus bus, Access access, String project) {
        this.bus = bus;
        this.access = access;
        this.project = project;
    }

    private static <T> void answer(StreamObserver<T> to, T with) {
        to.onNext(with);
        to.onCompleted();
    }

    @Override
    public void createTopic(Topic request, StreamObserver<Topic> answer) {
        access.topic("pubsub.topics.create", request.getName());
        Names.checkNew("topics", request.getName(), project);
        answer(answer, bus.create(TopicRules.complete(request)));
    }

    @Override
    public void updateTopic(UpdateTopicRequest request, StreamObserver<Topic> answer) {
        String name = request.getTopic().getName();
        access.topic("pubsub.topics.update", name);
        answer(answer, bus.updateTopic(name, was -> changed(was, request)));
    }

    private static Topic changed(Topic was, UpdateTopicRequest request) {
        Topic.Builder changed = was.toBuilder();
        Masks.merge(request.getUpdateMask(), request.getTopic(), changed, CHANGEABLE);
        return TopicRules.complete(changed.build());
    }

    @Override
    public void publish(PublishRequest request, StreamObserver<PublishResponse> answer) {
        access.topic("pubsub.topics.publish", request.getTopic());
        TopicRules.checkMessages(request.getMessagesList(), request.getSerializedSize());
        answer(
                answer,
                PublishResponse.newBuilder()
                        .addAllMessageIds(
                                bus.publish(request.getTopic(), request.getMessagesList()))
                        .build());
    }

    @Override
    public void getTopic(GetTopicRequest request, StreamObserver<Topic> answer) {
        access.topic("pubsub.topics.get", request.getTopic());
        answer(answer, bus.topics().get(request.getTopic()));
    }

    @Override
    public void listTopics(ListTopicsRequest request, StreamObserver<ListTopicsResponse> answer) {
        access.project("pubsub.topics.list");
        String parent = request.getProject() + "/topics/";
        Table.Page<Topic> page =
                bus.topics()
                        .page(
                                topic -> topic.getName().startsWith(parent),
                                request.getPageSize(),
                                request.getPageToken());
        answer(
                answer,
                ListTopicsResponse.newBuilder()
                        .addAllTopics(page.items())
                        .setNextPageToken(page.next())
                        .build());
    }

    /** All on one page. */
    @Override
    public void listTopicSubscriptions(
            ListTopicSubscriptionsRequest request,
            StreamObserver<ListTopicSubscriptionsResponse> answer) {
        access.topic("pubsub.topics.get", request.getTopic());
        bus.topics().get(request.getTopic());
        answer(
                answer,
                ListTopicSubscriptionsResponse.newBuilder()
                        .addAllSubscriptions(bus.attachedTo(request.getTopic()))
                        .build());
    }

    @Override
    public void deleteTopic(DeleteTopicRequest request, StreamObserver<Empty> answer) {
        access.topic("pubsub.topics.delete", request.getTopic());
        bus.deleteTopic(request.getTopic());
        answer(answer, Empty.getDefaultInstance());
    }

    @Override
    public void detachSubscription(
            DetachSubscriptionRequest request, StreamObserver<DetachSubscriptionResponse> answer) {
        access.subscription("pubsub.topics.detachSubscription", request.getSubscription());
        bus.detach(request.getSubscription());
        answer(answer, DetachSubscriptionResponse.getDefaultInstance());
    }
}
