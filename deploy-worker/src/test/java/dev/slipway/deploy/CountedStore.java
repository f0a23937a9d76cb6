package dev.slipway.deploy;

import dev.slipway.ledger.ObjectStore;
import java.util.List;
import java.util.Optional;

/** A store whose calls are counted. */
record CountedStore(ObjectStore store, Calls calls) implements ObjectStore {
    @Override
    public Optional<Stored> get(String name) {
        return calls.called(() -> store.get(name));
    }

    @Override
    public Write create(String name, byte[] body) {
        return calls.called(() -> store.create(name, body));
    }

    @Override
    public Write swap(String name, long generation, byte[] body) {
        return calls.called(() -> store.swap(name, generation, body));
    }

    @Override
    public boolean delete(String name, long generation) {
        return calls.called(() -> store.delete(name, generation));
    }

    @Override
    public List<Listed> list(String prefix, int atMost) {
        return calls.called(() -> store.list(prefix, atMost));
    }
}
