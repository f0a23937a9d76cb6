package dev.slipway.upload;

import dev.slipway.contracts.ObjectVersion;
import dev.slipway.kit.Outbox;
import dev.slipway.ledger.ObjectStore;
import dev.slipway.upload.decide.Drop;
import dev.slipway.upload.gateway.Drops;
import dev.slipway.upload.gateway.Staging;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.function.Supplier;

/**
 * The process dies at one of its calls to the outside, whichever door it goes through, before or
 * after the call takes effect.
 */
final class Crashes {
    /** The process is gone; only a test's own frame may catch it. */
    static final class Crash extends Error {
        private static final long serialVersionUID = 1;
    }

    private long callsLeft = Long.MAX_VALUE;
    private boolean afterwards;

    /** Dies at the call with this number, counted from 0. */
    void at(int call, boolean afterItsEffect) {
        callsLeft = call;
        afterwards = afterItsEffect;
    }

    void noMore() {
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

    Outbox inOutbox(Outbox outbox) {
        return event ->
                called(
                        () -> {
                            outbox.publish(event);
                            return event;
                        });
    }

    Staging in(Staging staging) {
        return (plan, file) -> called(() -> staging.stage(plan, file));
    }

    Drops in(Drops drops) {
        return new Drops() {
            @Override
            public Optional<Drop> find(ObjectVersion version) {
                return called(() -> drops.find(version));
            }

            @Override
            public Optional<Drop> current(String object) {
                return called(() -> drops.current(object));
            }

            @Override
            public boolean fetch(Drop drop, Path file) {
                return called(() -> drops.fetch(drop, file));
            }

            @Override
            public void createdSince(long timeCreated, Consumer<Drop> each) {
                drops.createdSince(timeCreated, each);
            }
        };
    }

    ObjectStore in(ObjectStore store) {
        return new ObjectStore() {
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
        };
    }
}
