package dev.slipway.local.pubsub;

import com.google.protobuf.InvalidProtocolBufferException;
import com.google.protobuf.MessageLite;
import com.google.protobuf.Parser;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.function.Function;
import java.util.function.Predicate;
import org.h2.mvstore.MVMap;
import org.jspecify.annotations.Nullable;

/** Resources by their full name, kept over restarts. */
final class Table<M extends MessageLite> {
    private static final int USUAL_PAGE = 100;
    private static final int LARGEST_PAGE = 1000;

    private final MVMap<String, byte[]> map;
    private final Parser<M> parser;
    private final Function<M, String> name;

    Table(MVMap<String, byte[]> map, Parser<M> parser, Function<M, String> name) {
        this.map = map;
        this.parser = parser;
        this.name = name;
    }

    /**
     * Part of a list.
     *
     * @param next the token of the next page, empty at the end
     */
    record Page<M>(List<M> items, String next) {}

    @Nullable M find(String resource) {
        byte[] bytes = map.get(resource);
        return bytes == null ? null : parse(bytes);
    }

    /** Throws NOT_FOUND where it does not exist. */
    M get(String resource) {
        M found = find(resource);
        if (found == null) {
            throw Refusal.missing(resource);
        }
        return found;
    }

    void put(M resource) {
        map.put(name.apply(resource), resource.toByteArray());
    }

    void remove(String resource) {
        map.remove(resource);
    }

    List<M> all() {
        return map.values().stream().map(this::parse).toList();
    }

    /**
     * Lists by name.
     *
     * @param size 0 is 100, the most 1000
     * @param after the token, which is the last name of the page before
     */
    Page<M> page(Predicate<M> wanted, int size, String after) {
        if (size < 0) {
            throw Refusal.outOfRange("page_size", size, 0, LARGEST_PAGE);
        }
        int most = size == 0 ? USUAL_PAGE : Math.min(size, LARGEST_PAGE);
        List<M> items = new ArrayList<>();
        Iterator<String> names = map.keyIterator(after.isEmpty() ? null : after);
        while (names.hasNext()) {
            M item = find(names.next());
            if (item == null || name.apply(item).equals(after) || !wanted.test(item)) {
                continue;
            }
            if (items.size() == most) {
                return new Page<>(items, name.apply(items.getLast()));
            }
            items.add(item);
        }
        return new Page<>(items, "");
    }

    private M parse(byte[] bytes) {
        try {
            return parser.parseFrom(bytes);
        } catch (InvalidProtocolBufferException e) {
            throw new IllegalStateException("a stored resource does not parse", e);
        }
    }
}
