package dev.slipway.local.pubsub;

import java.time.Instant;
import java.util.List;
import java.util.NavigableMap;
import java.util.TreeMap;

/** The messages of one subscription that are acknowledged and kept, so that a seek finds them. */
final class Kept {
    private final Messages messages;
    private final NavigableMap<Long, Entry> entries = new TreeMap<>();

    Kept(Messages messages) {
        this.messages = messages;
    }

    /** One that was kept before a restart. */
    void load(Entry entry) {
        entries.put(entry.sequence, entry);
    }

    void keep(Entry entry) {
        messages.mark(entry.sequence);
        entries.put(entry.sequence, entry);
    }

    /** Gives out, as messages that nobody has had, those published at that time or later. */
    List<Entry> takeSince(Instant time) {
        List<Entry> since =
                entries.values().stream().filter(entry -> !entry.published.isBefore(time)).toList();
        for (Entry entry : since) {
            entries.remove(entry.sequence);
            messages.unmark(entry.sequence);
        }
        return since.stream().map(Entry::fresh).toList();
    }

    /** Forgets those published before. */
    void expire(Instant oldest) {
        while (!entries.isEmpty() && entries.firstEntry().getValue().published.isBefore(oldest)) {
            messages.remove(entries.pollFirstEntry().getKey());
        }
    }
}
