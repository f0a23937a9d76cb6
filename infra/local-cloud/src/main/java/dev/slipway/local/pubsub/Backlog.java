package dev.slipway.local.pubsub;

import dev.slipway.local.pubsub.Entry.Place;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.NavigableSet;
import java.util.TreeMap;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/**
 * The messages of one subscription that are not acknowledged, and which of them may be delivered
 * now. Messages of one ordering key form a line: it is delivered from its head, one batch at a
 * time, and what fails takes everything behind it back. Knows no clock and is not thread-safe.
 */
final class Backlog {
    private final NavigableMap<Long, Entry> entries = new TreeMap<>();
    private final NavigableMap<Long, Entry> ready = new TreeMap<>();
    private final Map<String, NavigableMap<Long, Entry>> lines = new HashMap<>();
    private final NavigableSet<Entry> timed = new TreeSet<>(Entry.BY_DUE);

    void add(Entry entry) {
        entries.put(entry.sequence, entry);
        if (entry.ordered()) {
            NavigableMap<Long, Entry> line =
                    lines.computeIfAbsent(entry.orderingKey, _ -> new TreeMap<>());
            line.put(entry.sequence, entry);
            Long behind = line.higherKey(entry.sequence);
            if (behind != null) {
                ready.remove(behind);
            }
        }
        open(entry);
    }

    @Nullable Entry find(long sequence) {
        return entries.get(sequence);
    }

    boolean hasReady() {
        return !ready.isEmpty();
    }

    /**
     * The oldest message that may be delivered and, if it is ordered, those behind it in its line.
     *
     * @param most how many at most, at least 1
     */
    List<Entry> take(int most) {
        Entry first = ready.pollFirstEntry().getValue();
        List<Entry> taken = new ArrayList<>(List.of(first));
        if (first.ordered()) {
            for (Entry next : line(first).tailMap(first.sequence, false).values()) {
                if (next.place != Place.WAITING || taken.size() == most) {
                    break;
                }
                taken.add(next);
            }
        }
        return taken;
    }

    void lease(Entry entry, Consumer consumer, long lease, long due) {
        entry.takenBy(consumer);
        entry.lease = lease;
        time(entry, Place.LEASED, due);
    }

    void extend(Entry entry, long due) {
        timed.remove(entry);
        time(entry, Place.LEASED, due);
    }

    /** Takes out of time what is due, leases and delays alike, the earliest first. */
    List<Entry> due(long now) {
        List<Entry> due = new ArrayList<>();
        while (!timed.isEmpty() && timed.first().due <= now) {
            due.add(timed.pollFirst());
        }
        return due;
    }

    /** Ends a delay. */
    void wake(Entry entry) {
        entry.place = Place.WAITING;
        open(entry);
    }

    /** Acknowledges, and returns what is thereby finished: of an ordered line only its head. */
    List<Entry> acknowledge(Entry entry) {
        if (!entry.ordered()) {
            return remove(entry);
        }
        timed.remove(entry);
        entry.released();
        entry.place = Place.HELD;
        return settle(entry.orderingKey);
    }

    /**
     * Takes a message back from its consumer, with everything behind it in its line.
     *
     * @param due when it may be delivered again, or {@code now}
     */
    void giveBack(Entry entry, long due, long now) {
        timed.remove(entry);
        entry.released();
        if (entry.ordered()) {
            line(entry).tailMap(entry.sequence, false).values().forEach(this::revoke);
        }
        if (due > now) {
            time(entry, Place.DELAYED, due);
        } else {
            wake(entry);
        }
    }

    private void revoke(Entry entry) {
        if (entry.place == Place.LEASED || entry.place == Place.HELD) {
            timed.remove(entry);
            entry.released();
            entry.place = Place.WAITING;
        }
    }

    /** Keeps a message from everybody until it is removed or given back. */
    void setAside(Entry entry) {
        timed.remove(entry);
        entry.released();
        entry.place = Place.FORWARDED;
    }

    /** Forgets a message, whatever it stands at, and returns all that is thereby finished. */
    List<Entry> remove(Entry entry) {
        timed.remove(entry);
        ready.remove(entry.sequence);
        entries.remove(entry.sequence);
        entry.released();
        List<Entry> finished = new ArrayList<>(List.of(entry));
        if (entry.ordered()) {
            line(entry).remove(entry.sequence);
            finished.addAll(settle(entry.orderingKey));
        }
        return finished;
    }

    /** Those that were published before, the oldest first. */
    List<Entry> publishedBefore(Instant time) {
        return entries.values().stream()
                .takeWhile(entry -> entry.published.isBefore(time))
                .toList();
    }

    private List<Entry> settle(String key) {
        NavigableMap<Long, Entry> line = lines.getOrDefault(key, new TreeMap<>());
        List<Entry> finished = new ArrayList<>();
        while (!line.isEmpty() && line.firstEntry().getValue().place == Place.HELD) {
            Entry head = line.pollFirstEntry().getValue();
            entries.remove(head.sequence);
            finished.add(head);
        }
        if (line.isEmpty()) {
            lines.remove(key);
        } else {
            open(line.firstEntry().getValue());
        }
        return finished;
    }

    private void open(Entry entry) {
        Entry first = entry.ordered() ? line(entry).firstEntry().getValue() : entry;
        if (first.place == Place.WAITING) {
            ready.put(first.sequence, first);
        }
    }

    private void time(Entry entry, Place place, long due) {
        entry.place = place;
        entry.due = due;
        timed.add(entry);
    }

    private NavigableMap<Long, Entry> line(Entry entry) {
        return lines.getOrDefault(entry.orderingKey, new TreeMap<>());
    }
}
