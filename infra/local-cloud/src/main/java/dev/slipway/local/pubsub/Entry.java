package dev.slipway.local.pubsub;

import java.time.Instant;
import java.util.Comparator;
import org.jspecify.annotations.Nullable;

/** A message of one subscription as its backlog sees it; the message itself stays in the store. */
final class Entry {
    /** Where a message stands between being published and being acknowledged. */
    enum Place {
        /** Nobody has it, and it may be delivered as soon as those before it of its key are. */
        WAITING,
        /** Nobody has it, and its retry policy holds it back until it is due. */
        DELAYED,
        /** A consumer has it until it is due. */
        LEASED,
        /** Acknowledged before an earlier message of its key, which may yet fail. */
        HELD,
        /** On its way to the dead-letter topic. */
        FORWARDED
    }

    static final Comparator<Entry> BY_DUE =
            Comparator.<Entry>comparingLong(entry -> entry.due)
                    .thenComparingLong(entry -> entry.sequence);

    final long sequence;
    final int bytes;
    final String orderingKey;
    final Instant published;

    Place place = Place.WAITING;

    /** How often it was given back or its lease ran out. */
    int failures;

    /** Milliseconds of the epoch; meant only while LEASED or DELAYED. */
    long due;

    /** The number of its last lease, 0 before the first. */
    long lease;

    private @Nullable Consumer consumer;

    /**
     * A message that nobody has yet.
     *
     * @param orderingKey empty where order does not matter
     */
    Entry(long sequence, int bytes, String orderingKey, Instant published) {
        this.sequence = sequence;
        this.bytes = bytes;
        this.orderingKey = orderingKey;
        this.published = published;
    }

    /** The same message as if it were new. */
    Entry fresh() {
        return new Entry(sequence, bytes, orderingKey, published);
    }

    boolean ordered() {
        return !orderingKey.isEmpty();
    }

    void takenBy(Consumer taker) {
        consumer = taker;
    }

    /** Tells whoever had it that it no longer counts as outstanding. */
    void released() {
        if (consumer != null) {
            consumer.released(bytes);
            consumer = null;
        }
    }
}
