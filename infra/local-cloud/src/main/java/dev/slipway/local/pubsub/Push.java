package dev.slipway.local.pubsub;

import com.google.pubsub.v1.ReceivedMessage;
import io.grpc.StatusRuntimeException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;

/**
 * Pushes the messages of one subscription, several at once: more while they are accepted, fewer
 * when they are not. What is not accepted within the acknowledgement deadline is given back.
 */
final class Push implements Consumer {
    /** The answer's deadline is the subscription's; the lease must not end before it is known. */
    private static final Duration GRACE = Duration.ofSeconds(5);

    private final Feed feed;
    private final Courier courier;
    private final ScheduledExecutorService scheduler;
    private final Window window = new Window();
    private final List<ReceivedMessage> batch = new ArrayList<>();
    private int outstanding;
    private volatile boolean done;

    Push(Feed feed, Courier courier, ScheduledExecutorService scheduler) {
        this.feed = feed;
        this.courier = courier;
        this.scheduler = scheduler;
    }

    void stop() {
        done = true;
    }

    @Override
    public int room() {
        return done || !courier.runs() ? 0 : Math.max(0, window.size() - outstanding);
    }

    /** An endpoint gets the next message of a key when it has accepted the one before. */
    @Override
    public int inLine() {
        return 1;
    }

    @Override
    public Duration lease(Duration usual) {
        return usual.plus(GRACE);
    }

    @Override
    public void take(ReceivedMessage message, int bytes) {
        batch.add(message);
        outstanding++;
    }

    @Override
    public void released(int bytes) {
        outstanding--;
    }

    @Override
    public void flush() {
        batch.forEach(
                message ->
                        courier.send(
                                feed.subscription(),
                                message,
                                accepted -> answered(message, accepted)));
        batch.clear();
    }

    private void answered(ReceivedMessage message, boolean accepted) {
        List<AckId> id = AckId.parse(List.of(message.getAckId()));
        if (accepted) {
            window.grow();
            feed.acknowledge(id);
        } else if (courier.runs()) {
            Duration pause = window.shrink(!feed.subscription().hasRetryPolicy());
            if (!pause.isZero()) {
                var _ = scheduler.schedule(feed::resume, pause.toNanos(), TimeUnit.NANOSECONDS);
            }
            feed.modify(id, Duration.ZERO);
        }
    }

    @Override
    public boolean done() {
        return done;
    }

    @Override
    public void end(StatusRuntimeException why) {
        done = true;
    }
}
