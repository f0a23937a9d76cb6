package dev.slipway.local.pubsub;

import io.grpc.StatusRuntimeException;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Those who wait for messages of one subscription, served in turn. */
final class Consumers {
    private final List<Consumer> all = new ArrayList<>();
    private int turn;

    void add(Consumer consumer) {
        all.add(consumer);
    }

    void remove(Consumer consumer) {
        all.remove(consumer);
    }

    boolean isEmpty() {
        return all.isEmpty();
    }

    /** The next one in turn that has room; null if none has. */
    @Nullable Consumer next() {
        for (int i = 0; i < all.size(); i++) {
            int at = (turn + i) % all.size();
            if (all.get(at).room() > 0) {
                turn = at + 1;
                return all.get(at);
            }
        }
        return null;
    }

    void flush() {
        all.forEach(Consumer::flush);
        all.removeIf(Consumer::done);
    }

    void end(StatusRuntimeException why) {
        List<Consumer> ended = List.copyOf(all);
        all.clear();
        ended.forEach(consumer -> consumer.end(why));
    }
}
