package dev.slipway.ledger;

import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;

/** A store at one of whose calls the process dies, before or after the call takes effect. */
public final class CrashingStore implements ObjectStore {
    /** The process is gone; only a test's own frame may catch it. */
    public static final class Crash extends Error {
        private static final long serialVersionUID = 1;
    }

    private final ObjectStore store;
    private long callsLeft = Long.MAX_VALUE;
    private boolean afterwards;

    /** A store over this one that does not die yet. */
    public CrashingStore(ObjectStore store) {
        this.store = store;
    }

    /** Dies at the call with this number, counted from 0. */
    public void crashAt(int call, boolean afterItsEffect) {
        callsLeft = call;
        afterwards = afterItsEffect;
    }

    /** From now on nothing dies. */
    public void crashNoMore() {
        callsLeft = Long.MAX_VALUE;
    }

    private <T> T called(Supplier<T> call) {
        boolean dies = callsLeft-- == 0;
        if (dies && !afterwards) {
            throw new Crash();
        }
        T answer = call.get();
        if (dies) {
            throw new Crash();
        }
        return answer;
    }

    @Override
    public Optional<Stored> get(String name) {
        return called(() -> store.get(name));
    }

    @Override
    public Write create(String name, byte[] body) {
        return called(() -> store.create(name, body));
    }

    @Override
    public Write swap(String name, long generation, byte[] body) {
        return called(() -> store.swap(name, generation, body));
    }

    @Override
    public boolean delete(String name, long generation) {
        return called(() -> store.delete(name, generation));
    }

    @Override
    public List<Listed> list(String prefix, int atMost) {
        return called(() -> store.list(prefix, atMost));
    }
}
