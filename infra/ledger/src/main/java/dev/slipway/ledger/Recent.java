package dev.slipway.ledger;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/** The last values put, at most so many; thread-safe. */
public final class Recent<K, V> {
    private final Map<K, V> values = new LinkedHashMap<>();
    private final int most;

    /**
     * Holds nothing yet.
     *
     * @param most how many values are kept; the one that was put first goes first
     */
    public Recent(int most) {
        this.most = most;
    }

    /** The value that was put last under this key, if it is kept. */
    public synchronized Optional<V> get(K key) {
        return Optional.ofNullable(values.get(key));
    }

    /** Keeps a value. */
    public synchronized void put(K key, V value) {
        values.remove(key);
        values.put(key, value);
        if (values.size() > most) {
            values.remove(values.keySet().iterator().next());
        }
    }

    /** Forgets what is kept under this key. */
    public synchronized void remove(K key) {
        values.remove(key);
    }
}
