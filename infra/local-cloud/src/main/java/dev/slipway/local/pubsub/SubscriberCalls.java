package dev.slipway.local.pubsub;

import com.google.protobuf.Empty;
import com.google.protobuf.util.Timestamps;
import com.google.pubsub.v1.AcknowledgeRequest;
import com.google.pubsub.v1.DeleteSubscriptionRequest;
import com.google.pubsub.v1.GetSubscriptionRequest;
import com.google.pubsub.v1.ListSubscriptionsRequest;
import com.google.pubsub.v1.ListSubscriptionsResponse;
import com.google.pubsub.v1.ModifyAckDeadlineRequest;
import com.google.pubsub.v1.ModifyPushConfigRequest;
import com.google.pubsub.v1.PullRequest;
import com.google.pubsub.v1.PullResponse;
import com.google.pubsub.v1.PushConfig;
import com.google.pubsub.v1.SeekRequest;
import com.google.pubsub.v1.SeekResponse;
import com.google.pubsub.v1.StreamingPullRequest;
import com.google.pubsub.v1.StreamingPullResponse;
import com.google.pubsub.v1.SubscriberGrpc;
import com.google.pubsub.v1.Subscription;
import com.google.pubsub.v1.UpdateSubscriptionRequest;
import io.grpc.stub.ServerCallStreamObserver;
import io.grpc.stub.StreamObserver;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;

/** {@code google.pubsub.v1.Subscriber}. Snapshots are UNIMPLEMENTED. */
final class SubscriberCalls extends SubscriberGrpc.SubscriberImplBase {
    private static final String CONSUME = "pubsub.subscriptions.consume";
    private static final long PULL_WAITS_MILLIS = 1000;
    private static final int MOST_PULLED = 1000;
    private static final int MOST_ACK_REQUEST_BYTES = 512 << 10;
    private static final Set<String> CHANGEABLE =
            Set.of(
                    "ack_deadline_seconds",
                    "retain_acked_messages",
                    "message_retention_duration",
                    "labels",
                    "expiration_policy",
                    "dead_letter_policy",
                    "retry_policy",
                    "push_config",
                    "bigquery_config",
                    "cloud_storage_config",
                    "message_transforms",
                    "enable_exactly_once_delivery");

    private final Bus bus;
    private final Access access;
    private final String project;
    private final ScheduledExecutorService scheduler;

    SubscriberCalls(Bus bus, Access access, String project, ScheduledExecutorService scheduler) {
        this.bus = bus;
        this.access = access;
        this.project = project;
        this.scheduler = scheduler;
    }

    private static <T> void answer(StreamObserver<T> to, T with) {
        to.onNext(with);
        to.onCompleted();
    }

    @Override
    public void createSubscription(Subscription request, StreamObserver<Subscription> answer) {
        access.subscription("pubsub.subscriptions.create", request.getName());
        Names.checkNew("subscriptions", request.getName(), project);
        Names.shortName("topics", request.getTopic());
        Subscription complete =
                SubscriptionRules.complete(request.toBuilder().clearDetached().build());
        requireDeadLetterTopic(complete);
        requireAccount(complete, Subscription.getDefaultInstance());
        answer(answer, bus.create(complete));
    }

    @Override
    public void getSubscription(
            GetSubscriptionRequest request, StreamObserver<Subscription> answer) {
        access.subscription("pubsub.subscriptions.get", request.getSubscription());
        answer(answer, bus.shown(bus.subscriptions().get(request.getSubscription())));
    }

    @Override
    public void updateSubscription(
            UpdateSubscriptionRequest request, StreamObserver<Subscription> answer) {
        String name = request.getSubscription().getName();
        access.subscription("pubsub.subscriptions.update", name);
        answer(answer, bus.updateSubscription(name, was -> changed(was, request)));
    }

    private Subscription changed(Subscription was, UpdateSubscriptionRequest request) {
        Subscription.Builder changed = was.toBuilder();
        Masks.merge(request.getUpdateMask(), request.getSubscription(), changed, CHANGEABLE);
        Subscription complete = SubscriptionRules.complete(changed.build());
        if (!complete.getDeadLetterPolicy().equals(was.getDeadLetterPolicy())) {
            requireDeadLetterTopic(complete);
        }
        requireAccount(complete, was);
        return complete;
    }

    private void requireAccount(Subscription next, Subscription was) {
        String account = next.getPushConfig().getOidcToken().getServiceAccountEmail();
        String before = was.getPushConfig().getOidcToken().getServiceAccountEmail();
        if (!account.isEmpty() && !account.equals(before)) {
            access.toSpeakFor(account);
        }
    }

    private void requireDeadLetterTopic(Subscription subscription) {
        if (subscription.hasDeadLetterPolicy()) {
            bus.topics().get(subscription.getDeadLetterPolicy().getDeadLetterTopic());
        }
    }

    @Override
    public void listSubscriptions(
            ListSubscriptionsRequest request, StreamObserver<ListSubscriptionsResponse> answer) {
        access.project("pubsub.subscriptions.list");
        String parent = request.getProject() + "/subscriptions/";
        Table.Page<Subscription> page =
                bus.subscriptions()
                        .page(
                                subscription -> subscription.getName().startsWith(parent),
                                request.getPageSize(),
                                request.getPageToken());
        answer(
                answer,
                ListSubscriptionsResponse.newBuilder()
                        .addAllSubscriptions(page.items().stream().map(bus::shown).toList())
                        .setNextPageToken(page.next())
                        .build());
    }

    @Override
    public void deleteSubscription(
            DeleteSubscriptionRequest request, StreamObserver<Empty> answer) {
        access.subscription("pubsub.subscriptions.delete", request.getSubscription());
        bus.deleteSubscription(request.getSubscription());
        answer(answer, Empty.getDefaultInstance());
    }

    private Feed consumed(String subscription) {
        access.subscription(CONSUME, subscription);
        return bus.feed(subscription);
    }

    private Feed pulled(String subscription) {
        Feed feed = consumed(subscription);
        if (PushRules.pushes(feed.subscription())) {
            throw Refusal.pushed();
        }
        return feed;
    }

    @Override
    public void modifyAckDeadline(ModifyAckDeadlineRequest request, StreamObserver<Empty> answer) {
        Feed feed = consumed(request.getSubscription());
        StreamRequests.checkModified(request.getAckDeadlineSeconds());
        feed.modify(
                ackIds(request.getAckIdsList(), request.getSerializedSize()),
                Duration.ofSeconds(request.getAckDeadlineSeconds()));
        answer(answer, Empty.getDefaultInstance());
    }

    @Override
    public void acknowledge(AcknowledgeRequest request, StreamObserver<Empty> answer) {
        Feed feed = consumed(request.getSubscription());
        feed.acknowledge(ackIds(request.getAckIdsList(), request.getSerializedSize()));
        answer(answer, Empty.getDefaultInstance());
    }

    private static List<AckId> ackIds(List<String> texts, int requestBytes) {
        if (texts.isEmpty()) {
            throw Refusal.invalid("No ack ids specified.");
        }
        if (requestBytes > MOST_ACK_REQUEST_BYTES) {
            throw Refusal.outOfRange("request_size", requestBytes, 0, MOST_ACK_REQUEST_BYTES);
        }
        return AckId.parse(texts);
    }

    /** Waits a second for the first message, without a thread. */
    @Override
    public void pull(PullRequest request, StreamObserver<PullResponse> answer) {
        Feed feed = pulled(request.getSubscription());
        if (request.getMaxMessages() < 1) {
            throw Refusal.invalid(
                    "The value for max_messages is too small. You passed %d in the request, but"
                            + " the minimum is 1.",
                    request.getMaxMessages());
        }
        PullCall call =
                new PullCall(
                        (ServerCallStreamObserver<PullResponse>) answer,
                        Math.min(request.getMaxMessages(), MOST_PULLED),
                        feed);
        feed.join(call);
        if (returnsAtOnce(request)) {
            finish(feed, call);
        } else if (!call.done()) {
            var _ =
                    scheduler.schedule(
                            () -> finish(feed, call), PULL_WAITS_MILLIS, TimeUnit.MILLISECONDS);
        }
    }

    @SuppressWarnings("deprecation") // gcloud still asks for it
    private static boolean returnsAtOnce(PullRequest request) {
        return request.getReturnImmediately();
    }

    private static void finish(Feed feed, PullCall call) {
        feed.leave(call);
        call.answer();
    }

    @Override
    public StreamObserver<StreamingPullRequest> streamingPull(
            StreamObserver<StreamingPullResponse> answer) {
        return new StreamCall(
                (ServerCallStreamObserver<StreamingPullResponse>) answer, this::pulled);
    }

    @Override
    public void modifyPushConfig(ModifyPushConfigRequest request, StreamObserver<Empty> answer) {
        access.subscription("pubsub.subscriptions.update", request.getSubscription());
        bus.updateSubscription(
                request.getSubscription(), was -> pushed(was, request.getPushConfig()));
        answer(answer, Empty.getDefaultInstance());
    }

    private Subscription pushed(Subscription was, PushConfig wanted) {
        PushConfig.Builder config = wanted.toBuilder();
        if (wanted.getAttributesCount() == 0) {
            config.putAllAttributes(was.getPushConfig().getAttributesMap());
        }
        Subscription next =
                SubscriptionRules.complete(was.toBuilder().setPushConfig(config).build());
        requireAccount(next, was);
        return next;
    }

    @Override
    public void seek(SeekRequest request, StreamObserver<SeekResponse> answer) {
        Feed feed = consumed(request.getSubscription());
        switch (request.getTargetCase()) {
            case TIME -> feed.seek(Instant.ofEpochMilli(Timestamps.toMillis(request.getTime())));
            case SNAPSHOT -> throw Refusal.unimplemented("seek to a snapshot");
            case TARGET_NOT_SET -> throw Refusal.invalid("The target of the seek is missing.");
        }
        answer(answer, SeekResponse.getDefaultInstance());
    }
}
