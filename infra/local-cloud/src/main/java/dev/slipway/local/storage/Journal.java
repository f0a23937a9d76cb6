package dev.slipway.local.storage;

import dev.slipway.local.State;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.atomic.AtomicLong;
import org.h2.mvstore.Cursor;
import org.h2.mvstore.MVMap;
import org.jspecify.annotations.Nullable;

/**
 * One map whose changes of several entries are whole even when the process is killed.
 *
 * <p>The store saves a map as it stood at one moment, but different maps at different moments: so
 * everything of Cloud Storage is in one map, and a change of several entries is written as an entry
 * of its own first, which a restart applies again.
 */
final class Journal {
    /** Entries to write and entries to remove. */
    record Change(Map<String, byte[]> written, Set<String> removed) {
        static Change empty() {
            return new Change(new LinkedHashMap<>(), new LinkedHashSet<>());
        }

        Change write(String key, Object value) {
            written.put(key, Json.write(value));
            return this;
        }

        Change remove(String key) {
            removed.add(key);
            return this;
        }
    }

    private final State state;
    private final MVMap<String, byte[]> map;
    private final AtomicLong changes = new AtomicLong();
    private final AtomicLong asked = new AtomicLong();
    private final Object saving = new Object();
    private long saved;

    Journal(State state) {
        this.state = state;
        this.map = state.map("storage");
        entries(Keys.CHANGES, "")
                .forEachRemaining(
                        entry -> {
                            apply(Json.read(entry.getValue(), Change.class));
                            map.remove(entry.getKey());
                        });
    }

    byte @Nullable [] get(String key) {
        return map.get(key);
    }

    void put(String key, byte[] value) {
        map.put(key, value);
    }

    void remove(String key) {
        map.remove(key);
    }

    /** Makes the whole change, or after a crash either all of it or nothing. */
    void change(Change change) {
        if (change.written().size() + change.removed().size() == 1) {
            apply(change);
            return;
        }
        String key = Keys.CHANGES + Keys.number(changes.incrementAndGet());
        map.put(key, Json.write(change));
        apply(change);
        map.remove(key);
    }

    private void apply(Change change) {
        change.written().forEach(map::put);
        change.removed().forEach(map::remove);
    }

    /**
     * Waits until everything that was written before has reached the file; callers that wait at the
     * same time share one write.
     */
    void save() {
        long mine = asked.incrementAndGet();
        synchronized (saving) {
            if (saved >= mine) {
                return;
            }
            long upTo = asked.get();
            state.flush();
            saved = upTo;
        }
    }

    /** The entries whose keys start with a prefix, from {@code prefix + from} on, as of now. */
    Iterator<Map.Entry<String, byte[]>> entries(String prefix, String from) {
        Cursor<String, byte[]> cursor =
                map.cursor(prefix + from, prefix + Keys.AFTER, /* reverse= */ false);
        return new Iterator<>() {
            @Override
            public boolean hasNext() {
                return cursor.hasNext();
            }

            @Override
            public Map.Entry<String, byte[]> next() {
                String key = cursor.next();
                return Map.entry(key, cursor.getValue());
            }
        };
    }
}
