package dev.slipway.local.pubsub;

import com.google.pubsub.v1.PullResponse;
import com.google.pubsub.v1.ReceivedMessage;
import io.grpc.StatusRuntimeException;
import io.grpc.stub.ServerCallStreamObserver;
import java.time.Duration;

/** One Pull call: it takes what there is once there is anything, and is then done. */
final class PullCall implements Consumer {
    private static final int MOST_BYTES = 2 << 20;

    private final ServerCallStreamObserver<PullResponse> out;
    private final int most;
    private final PullResponse.Builder response = PullResponse.newBuilder();
    private int bytes;
    private volatile boolean done;

    /**
     * A call that takes {@code most} messages at most.
     *
     * @param feed it is to leave when the client gives up
     */
    PullCall(ServerCallStreamObserver<PullResponse> out, int most, Feed feed) {
        this.out = out;
        this.most = most;
        out.setOnCancelHandler(
                () -> {
                    done = true;
                    feed.leave(this);
                });
    }

    @Override
    public int room() {
        return done || bytes >= MOST_BYTES ? 0 : most - response.getReceivedMessagesCount();
    }

    @Override
    public Duration lease(Duration usual) {
        return usual;
    }

    @Override
    public void take(ReceivedMessage message, int size) {
        response.addReceivedMessages(message);
        bytes += size;
    }

    @Override
    public void released(int size) {}

    @Override
    public void flush() {
        if (response.getReceivedMessagesCount() > 0) {
            answer();
        }
    }

    /** Answers with what there is, once. */
    synchronized void answer() {
        if (!done) {
            done = true;
            out.onNext(response.build());
            out.onCompleted();
        }
    }

    @Override
    public boolean done() {
        return done;
    }

    @Override
    public synchronized void end(StatusRuntimeException why) {
        if (!done) {
            done = true;
            out.onError(why);
        }
    }
}
