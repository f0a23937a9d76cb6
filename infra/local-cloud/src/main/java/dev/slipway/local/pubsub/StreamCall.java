package dev.slipway.local.pubsub;

import com.google.pubsub.v1.ReceivedMessage;
import com.google.pubsub.v1.StreamingPullRequest;
import com.google.pubsub.v1.StreamingPullResponse;
import com.google.pubsub.v1.StreamingPullResponse.SubscriptionProperties;
import io.grpc.StatusRuntimeException;
import io.grpc.stub.ServerCallStreamObserver;
import io.grpc.stub.StreamObserver;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * One StreamingPull call. It holds no thread: requests come in as callbacks, messages leave when
 * the feed has some and the client has taken what was sent before. When the client goes, what it
 * had comes back as its leases run out, as at Google.
 */
final class StreamCall implements Consumer, StreamObserver<StreamingPullRequest> {
    private static final int MOST_MESSAGES_AT_ONCE = 1000;
    private static final int MOST_BYTES_AT_ONCE = 2 << 20;

    private final ServerCallStreamObserver<StreamingPullResponse> out;
    private final Function<String, Feed> feeds;
    private volatile @Nullable Feed feed;
    private SubscriptionProperties properties = SubscriptionProperties.getDefaultInstance();
    private long mostMessages;
    private long mostBytes;
    private boolean answersPings;
    private volatile Duration lease = Duration.ZERO;
    private volatile boolean closed;

    private final List<ReceivedMessage> batch = new ArrayList<>();
    private long batchBytes;
    private long outstandingMessages;
    private long outstandingBytes;

    /**
     * A call that waits for its first request.
     *
     * @param feeds the feed of a subscription, if the caller may consume it; else throws
     */
    StreamCall(ServerCallStreamObserver<StreamingPullResponse> out, Function<String, Feed> feeds) {
        this.out = out;
        this.feeds = feeds;
        out.setOnCancelHandler(this::gone);
        out.setOnReadyHandler(this::ready);
    }

    private void ready() {
        Feed joined = feed;
        if (joined != null) {
            joined.resume();
        }
    }

    @Override
    public void onNext(StreamingPullRequest request) {
        if (closed) {
            return;
        }
        try {
            Feed joined = feed;
            if (joined == null) {
                open(request);
            } else {
                StreamRequests.checkFollowing(request);
                obey(request, joined);
            }
        } catch (StatusRuntimeException e) {
            leave();
            end(e);
        }
    }

    private void open(StreamingPullRequest request) {
        StreamRequests.checkFirst(request);
        Feed joined = feeds.apply(request.getSubscription());
        lease = Duration.ofSeconds(request.getStreamAckDeadlineSeconds());
        mostMessages = unlimitedUnlessPositive(request.getMaxOutstandingMessages());
        mostBytes = unlimitedUnlessPositive(request.getMaxOutstandingBytes());
        answersPings = request.getProtocolVersion() > 0;
        properties =
                SubscriptionProperties.newBuilder()
                        .setMessageOrderingEnabled(joined.subscription().getEnableMessageOrdering())
                        .build();
        feed = joined;
        acknowledge(request, joined);
        joined.join(this);
    }

    private static long unlimitedUnlessPositive(long limit) {
        return limit > 0 ? limit : Long.MAX_VALUE;
    }

    private void obey(StreamingPullRequest request, Feed joined) {
        if (request.getStreamAckDeadlineSeconds() > 0) {
            lease = Duration.ofSeconds(request.getStreamAckDeadlineSeconds());
        }
        acknowledge(request, joined);
        if (answersPings && request.equals(StreamingPullRequest.getDefaultInstance())) {
            send(StreamingPullResponse.newBuilder());
        }
    }

    private static void acknowledge(StreamingPullRequest request, Feed joined) {
        if (request.getAckIdsCount() > 0) {
            joined.acknowledge(AckId.parse(request.getAckIdsList()));
        }
        List<AckId> modified = AckId.parse(request.getModifyDeadlineAckIdsList());
        for (int i = 0; i < modified.size(); i++) {
            joined.modify(
                    List.of(modified.get(i)),
                    Duration.ofSeconds(request.getModifyDeadlineSeconds(i)));
        }
    }

    @Override
    public void onError(Throwable why) {
        gone();
    }

    private void gone() {
        closed = true;
        leave();
    }

    @Override
    public void onCompleted() {
        leave();
        synchronized (this) {
            if (!closed) {
                closed = true;
                out.onCompleted();
            }
        }
    }

    private void leave() {
        Feed joined = feed;
        if (joined != null) {
            joined.leave(this);
        }
    }

    @Override
    public int room() {
        if (closed || !out.isReady() || batchBytes >= MOST_BYTES_AT_ONCE) {
            return 0;
        }
        long messages =
                Math.min(
                        mostMessages - outstandingMessages,
                        MOST_MESSAGES_AT_ONCE - (long) batch.size());
        return outstandingBytes >= mostBytes ? 0 : (int) Math.max(0, messages);
    }

    @Override
    public Duration lease(Duration usual) {
        return lease;
    }

    @Override
    public void take(ReceivedMessage message, int bytes) {
        batch.add(message);
        batchBytes += bytes;
        outstandingMessages++;
        outstandingBytes += bytes;
    }

    @Override
    public void released(int bytes) {
        outstandingMessages--;
        outstandingBytes -= bytes;
    }

    @Override
    public void flush() {
        if (!batch.isEmpty()) {
            send(StreamingPullResponse.newBuilder().addAllReceivedMessages(batch));
            batch.clear();
            batchBytes = 0;
        }
    }

    @Override
    public boolean done() {
        return closed;
    }

    private synchronized void send(StreamingPullResponse.Builder response) {
        if (!closed) {
            out.onNext(response.setSubscriptionProperties(properties).build());
        }
    }

    @Override
    public synchronized void end(StatusRuntimeException why) {
        if (!closed) {
            closed = true;
            out.onError(why);
        }
    }
}
