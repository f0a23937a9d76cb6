package dev.slipway.kit;

import dev.slipway.ledger.ObjectStore;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** What was done, in order: the writes of a store that took effect, and what a test adds. */
final class Journal implements ObjectStore {
    private final ObjectStore store;
    private final List<String> entries;

    /** A journal of this store, together with what another one already has. */
    Journal(ObjectStore store, List<String> entries) {
        this.store = store;
        this.entries = entries;
    }

    static List<String> empty() {
        return new ArrayList<>();
    }

    private Write written(String what, String name, Write write) {
        if (write instanceof Written) {
            entries.add(what + " " + name);
        }
        return write;
    }

    @Override
    public Optional<Stored> get(String name) {
        return store.get(name);
    }

    @Override
    public Write create(String name, byte[] body) {
        return written("create", name, store.create(name, body));
    }

    @Override
    public Write swap(String name, long generation, byte[] body) {
        return written("swap", name, store.swap(name, generation, body));
    }

    @Override
    public boolean delete(String name, long generation) {
        boolean deleted = store.delete(name, generation);
        if (deleted) {
            entries.add("delete " + name);
        }
        return deleted;
    }

    @Override
    public List<Listed> list(String prefix, int atMost) {
        return store.list(prefix, atMost);
    }
}
