package dev.slipway.local.pubsub;

import com.google.protobuf.util.Durations;
import com.google.protobuf.util.Timestamps;
import com.google.pubsub.v1.PubsubMessage;
import com.google.pubsub.v1.ReceivedMessage;
import com.google.pubsub.v1.Subscription;
import dev.slipway.local.pubsub.Entry.Place;
import io.grpc.StatusRuntimeException;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.concurrent.atomic.AtomicLong;
import org.jspecify.annotations.Nullable;

/**
 * One subscription at work: whatever arrives, fails or is due goes to whoever waits, at once and in
 * turn. Leases are in memory only, so after a restart all that is unacknowledged is delivered
 * again. Thread-safe; never blocks on a client.
 */
final class Feed {
    private final Messages messages;
    private final InstantSource clock;
    private final AtomicLong leases;
    private final DeadLetters deadLetters;
    private final Traffic traffic;
    private final Backlog backlog = new Backlog();
    private final Consumers consumers = new Consumers();
    private final Kept kept;
    private Subscription subscription;
    private Filter filter;
    private Retries retries;
    private Duration topicRetention = Duration.ZERO;
    private Instant lastUsed;
    private @Nullable StatusRuntimeException ended;

    Feed(
            Subscription subscription,
            Messages messages,
            InstantSource clock,
            AtomicLong leases,
            DeadLetters deadLetters,
            Traffic traffic) {
        this.subscription = subscription;
        this.filter = FilterParser.parse(subscription.getFilter());
        this.retries = Retries.of(subscription);
        this.messages = messages;
        this.kept = new Kept(messages);
        this.clock = clock;
        this.leases = leases;
        this.deadLetters = deadLetters;
        this.traffic = traffic;
        this.lastUsed = clock.instant();
        messages.forEach(this::load);
    }

    private void load(long sequence, PubsubMessage message) {
        Entry entry = entry(sequence, message);
        if (messages.marked(sequence)) {
            kept.load(entry);
        } else {
            backlog.add(entry);
        }
    }

    private Entry entry(long sequence, PubsubMessage message) {
        return new Entry(
                sequence,
                message.getSerializedSize(),
                subscription.getEnableMessageOrdering() ? message.getOrderingKey() : "",
                Instant.ofEpochMilli(Timestamps.toMillis(message.getPublishTime())));
    }

    synchronized Subscription subscription() {
        return subscription;
    }

    /**
     * Takes over changed settings.
     *
     * @param retention how long the topic keeps messages, zero if it does not
     */
    synchronized void update(Subscription changed, Duration retention) {
        subscription = changed;
        retries = Retries.of(changed);
        topicRetention = retention;
        lastUsed = clock.instant();
    }

    /** Takes what the topic accepted, as far as the filter wants it. */
    synchronized void offer(List<Published> published) {
        if (ended != null) {
            return;
        }
        for (Published one : published) {
            if (filter.matches(one.message().getAttributesMap())) {
                messages.put(one.sequence(), one.bytes());
                backlog.add(entry(one.sequence(), one.message()));
            }
        }
        pump();
    }

    /**
     * Lets someone wait for messages.
     *
     * @throws StatusRuntimeException why nobody can any more
     */
    synchronized void join(Consumer consumer) {
        if (ended != null) {
            throw ended;
        }
        lastUsed = clock.instant();
        consumers.add(consumer);
        pump();
    }

    /** Turns away whoever waits now; what they have stays leased until it is due. */
    synchronized void turnAway(StatusRuntimeException why) {
        consumers.end(why);
    }

    /** What the consumer has stays leased until it is due. */
    synchronized void leave(Consumer consumer) {
        consumers.remove(consumer);
        lastUsed = clock.instant();
    }

    /** A consumer has room again. */
    synchronized void resume() {
        pump();
    }

    /** A lease that ran out still counts while nobody else has the message. */
    synchronized void acknowledge(List<AckId> ids) {
        lastUsed = clock.instant();
        for (AckId id : ids) {
            Entry entry = backlog.find(id.sequence());
            if (entry != null && entry.lease == id.lease() && acknowledgeable(entry)) {
                traffic.acknowledged(subscription.getName());
                finish(backlog.acknowledge(entry));
            }
        }
        pump();
    }

    private static boolean acknowledgeable(Entry entry) {
        return switch (entry.place) {
            case LEASED -> true;
            case WAITING, DELAYED -> !entry.ordered();
            case HELD, FORWARDED -> false;
        };
    }

    /** Moves the ends of leases; zero gives the messages back. */
    synchronized void modify(List<AckId> ids, Duration deadline) {
        lastUsed = clock.instant();
        for (AckId id : ids) {
            Entry entry = backlog.find(id.sequence());
            if (entry == null || entry.lease != id.lease() || entry.place != Place.LEASED) {
                continue;
            }
            if (deadline.isZero()) {
                failed(entry);
            } else {
                backlog.extend(entry, clock.millis() + deadline.toMillis());
            }
        }
        pump();
    }

    /** Everything published before is acknowledged, everything kept from then on is not. */
    synchronized void seek(Instant time) {
        lastUsed = clock.instant();
        backlog.publishedBefore(time).forEach(entry -> finish(backlog.remove(entry)));
        kept.takeSince(time).forEach(backlog::add);
        pump();
    }

    /** Does what is due by the clock. */
    synchronized void tick() {
        expire();
        List<Entry> due = backlog.due(clock.millis());
        for (Entry entry : due) {
            switch (entry.place) {
                case LEASED -> failed(entry);
                case DELAYED -> backlog.wake(entry);
                case WAITING, HELD, FORWARDED -> {}
            }
        }
        if (!due.isEmpty()) {
            pump();
        }
    }

    /** Whether the expiration policy's time has passed since anybody last used it. */
    synchronized boolean expired() {
        return subscription.getExpirationPolicy().hasTtl()
                && consumers.isEmpty()
                && lastUsed.plusSeconds(subscription.getExpirationPolicy().getTtl().getSeconds())
                        .isBefore(clock.instant());
    }

    /** Drops every message and turns away whoever waits, now and later. */
    synchronized void end(StatusRuntimeException why) {
        ended = why;
        consumers.end(why);
        messages.clear();
    }

    private void expire() {
        Instant now = clock.instant();
        Instant oldest = now.minus(retention());
        backlog.publishedBefore(oldest)
                .forEach(entry -> backlog.remove(entry).forEach(this::forget));
        kept.expire(now.minus(keptFor()));
    }

    private Duration retention() {
        return Duration.ofMillis(Durations.toMillis(subscription.getMessageRetentionDuration()));
    }

    private Duration keptFor() {
        Duration own = subscription.getRetainAckedMessages() ? retention() : Duration.ZERO;
        return own.compareTo(topicRetention) > 0 ? own : topicRetention;
    }

    private void finish(List<Entry> finished) {
        for (Entry entry : finished) {
            if (keptFor().isZero()) {
                forget(entry);
            } else {
                kept.keep(entry);
            }
        }
    }

    private void forget(Entry entry) {
        messages.remove(entry.sequence);
    }

    private void failed(Entry entry) {
        entry.failures++;
        if (retries.exhausted(entry.failures)) {
            backlog.setAside(entry);
            deadLetters.later(() -> forward(entry));
        } else {
            giveBack(entry);
        }
    }

    private void giveBack(Entry entry) {
        long now = clock.millis();
        backlog.giveBack(entry, now + retries.delayMillis(entry.failures), now);
    }

    private void forward(Entry entry) {
        PubsubMessage message = messages.read(entry.sequence);
        boolean forwarded =
                message == null || deadLetters.forward(subscription(), message, entry.failures);
        synchronized (this) {
            if (entry.place != Place.FORWARDED || backlog.find(entry.sequence) != entry) {
                return;
            }
            if (forwarded) {
                finish(backlog.remove(entry));
            } else {
                giveBack(entry);
            }
            pump();
        }
    }

    private void pump() {
        while (assign()) {
            consumers.flush();
        }
    }

    private boolean assign() {
        boolean any = false;
        while (backlog.hasReady()) {
            Consumer consumer = consumers.next();
            if (consumer == null) {
                break;
            }
            backlog.take(consumer.inLine()).forEach(entry -> hand(entry, consumer));
            any = true;
        }
        return any;
    }

    private void hand(Entry entry, Consumer consumer) {
        PubsubMessage message = messages.read(entry.sequence);
        if (message == null) {
            backlog.remove(entry);
            return;
        }
        Duration usual = Duration.ofSeconds(subscription.getAckDeadlineSeconds());
        long due = clock.millis() + consumer.lease(usual).toMillis();
        backlog.lease(entry, consumer, leases.incrementAndGet(), due);
        ReceivedMessage.Builder received =
                ReceivedMessage.newBuilder()
                        .setAckId(new AckId(entry.sequence, entry.lease).toString())
                        .setMessage(message);
        if (subscription.hasDeadLetterPolicy()) {
            received.setDeliveryAttempt(entry.failures + 1);
        }
        traffic.delivered(subscription.getName());
        consumer.take(received.build(), entry.bytes);
    }
}
