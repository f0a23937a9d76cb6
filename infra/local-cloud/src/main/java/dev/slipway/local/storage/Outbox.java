package dev.slipway.local.storage;

import com.google.protobuf.InvalidProtocolBufferException;
import com.google.pubsub.v1.PublishRequest;
import dev.slipway.local.Topics;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Messages that are kept with the change they tell, and published once that is saved, again after a
 * restart or a failure until the topic took them. A message may be published twice, never not at
 * all.
 */
final class Outbox implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(Outbox.class);
    private static final int RETRY_MILLIS = 1000;

    private final Journal journal;
    private final Topics topics;
    private final Semaphore work = new Semaphore(0);
    private final AtomicLong last;
    private volatile boolean closed;
    private @Nullable Thread publisher;

    Outbox(Journal journal, Topics topics) {
        this.journal = journal;
        this.topics = topics;
        this.last = new AtomicLong(greatestNumber());
    }

    private long greatestNumber() {
        long greatest = 0;
        Iterator<Map.Entry<String, byte[]>> kept = journal.entries(Keys.OUTBOX, "");
        while (kept.hasNext()) {
            greatest = Long.parseLong(kept.next().getKey().substring(Keys.OUTBOX.length()));
        }
        return greatest;
    }

    /** Adds the messages that a bucket's notifications make of an event to the event's change. */
    void add(Journal.Change change, Bucket bucket, Event event, Links links) {
        bucket.notifications().stream()
                .filter(notification -> notification.tells(event))
                .map(notification -> notification.message(event, links).toByteArray())
                .forEach(message -> change.written().put(nextKey(), message));
    }

    private String nextKey() {
        return Keys.OUTBOX + Keys.number(last.incrementAndGet());
    }

    /** Looks for messages; to be called after a change was made. */
    void wake() {
        work.release();
    }

    void start() {
        wake();
        publisher = Thread.ofVirtual().name("storage-notifications").start(this::run);
    }

    private void run() {
        while (!closed) {
            work.acquireUninterruptibly();
            work.drainPermits();
            while (!closed && !publishAll()) {
                pause();
            }
        }
    }

    private void pause() {
        try {
            var _ = work.tryAcquire(RETRY_MILLIS, TimeUnit.MILLISECONDS);
        } catch (InterruptedException _) {
            closed = true;
        }
    }

    private boolean publishAll() {
        List<Map.Entry<String, byte[]>> kept = new ArrayList<>();
        journal.entries(Keys.OUTBOX, "").forEachRemaining(kept::add);
        if (kept.isEmpty()) {
            return true;
        }
        try {
            journal.save();
            for (Map.Entry<String, byte[]> one : kept) {
                PublishRequest message = PublishRequest.parseFrom(one.getValue());
                topics.publish(message.getTopic(), message.getMessages(0));
                journal.remove(one.getKey());
            }
            return true;
        } catch (InvalidProtocolBufferException | RuntimeException e) {
            LOG.warn("a storage notification is not published yet, it is tried again", e);
            return false;
        }
    }

    /** Never interrupts: that would close the file which a write is going to. */
    @Override
    public void close() {
        closed = true;
        wake();
        Thread running = publisher;
        if (running != null) {
            try {
                running.join();
            } catch (InterruptedException _) {
                Thread.currentThread().interrupt();
            }
        }
    }
}
