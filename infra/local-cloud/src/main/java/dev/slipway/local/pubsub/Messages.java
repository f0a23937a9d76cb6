package dev.slipway.local.pubsub;

import com.google.protobuf.InvalidProtocolBufferException;
import com.google.pubsub.v1.PubsubMessage;
import dev.slipway.local.State;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.function.BiConsumer;
import org.h2.mvstore.MVMap;
import org.jspecify.annotations.Nullable;

/** The messages of one subscription in the store, by sequence; they outlive a restart. */
final class Messages {
    private static final byte[] MARK = {1};
    private static final char AFTER_SLASH = '0';
    private static final int SEQUENCE_DIGITS = 19;

    private final String subscription;
    private final MVMap<String, byte[]> messages;
    private final MVMap<String, byte[]> acknowledged;

    Messages(State state, String subscription) {
        this.subscription = subscription;
        this.messages = state.map("pubsub.messages");
        this.acknowledged = state.map("pubsub.acknowledged");
    }

    /** The greatest sequence of any subscription's messages; 0 if there are none. */
    static long lastSequence(State state) {
        return state.map("pubsub.messages").keySet().stream()
                .mapToLong(Messages::sequence)
                .max()
                .orElse(0);
    }

    private static long sequence(String key) {
        return Long.parseLong(key, key.length() - SEQUENCE_DIGITS, key.length(), 10);
    }

    void put(long sequence, byte[] message) {
        messages.put(key(sequence), message);
    }

    @Nullable PubsubMessage read(long sequence) {
        byte[] bytes = messages.get(key(sequence));
        return bytes == null ? null : parse(bytes);
    }

    void remove(long sequence) {
        messages.remove(key(sequence));
        acknowledged.remove(key(sequence));
    }

    /** Marks a message as acknowledged but kept, so that a seek can bring it back. */
    void mark(long sequence) {
        acknowledged.put(key(sequence), MARK);
    }

    void unmark(long sequence) {
        acknowledged.remove(key(sequence));
    }

    boolean marked(long sequence) {
        return acknowledged.containsKey(key(sequence));
    }

    /** All of them, the oldest first. */
    void forEach(BiConsumer<Long, PubsubMessage> action) {
        for (String key : keys(messages)) {
            byte[] bytes = messages.get(key);
            if (bytes != null) {
                action.accept(sequence(key), parse(bytes));
            }
        }
    }

    void clear() {
        keys(messages).forEach(messages::remove);
        keys(acknowledged).forEach(acknowledged::remove);
    }

    private List<String> keys(MVMap<String, byte[]> map) {
        List<String> keys = new ArrayList<>();
        Iterator<String> at = map.keyIterator(subscription + "/");
        while (at.hasNext()) {
            String key = at.next();
            if (key.compareTo(subscription + AFTER_SLASH) >= 0) {
                break;
            }
            keys.add(key);
        }
        return keys;
    }

    private String key(long sequence) {
        String digits = Long.toString(sequence);
        return subscription + "/" + "0".repeat(SEQUENCE_DIGITS - digits.length()) + digits;
    }

    private static PubsubMessage parse(byte[] bytes) {
        try {
            return PubsubMessage.parseFrom(bytes);
        } catch (InvalidProtocolBufferException e) {
            throw new IllegalStateException("a stored message does not parse", e);
        }
    }
}
