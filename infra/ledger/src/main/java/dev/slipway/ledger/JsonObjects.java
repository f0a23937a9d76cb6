package dev.slipway.ledger;

import dev.slipway.contracts.Json;
import java.io.IOException;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.function.UnaryOperator;

/** Objects of one kind below one prefix, as JSON. */
final class JsonObjects<T> {
    private static final int TRIES = 20;

    private final ObjectStore store;
    private final Backoff backoff;
    private final String prefix;
    private final Class<T> kind;

    JsonObjects(ObjectStore store, Backoff backoff, String prefix, Class<T> kind) {
        this.store = store;
        this.backoff = backoff;
        this.prefix = prefix;
        this.kind = kind;
    }

    Optional<Versioned<T>> get(String name) {
        return backoff.whileBusy(() -> store.get(prefix + name)).map(this::parse);
    }

    /** Creates the object; where there is one already, what stands is returned. */
    Versioned<T> createOrGet(String name, T value) {
        byte[] body = Json.write(value);
        for (int attempt = 0; attempt < TRIES; attempt++) {
            backoff.before(attempt);
            switch (backoff.whileBusy(() -> store.create(prefix + name, body))) {
                case ObjectStore.Written(long generation, var updated) -> {
                    return new Versioned<>(value, generation, updated);
                }
                case ObjectStore.Conflict() -> {
                    Optional<Versioned<T>> standing = get(name);
                    if (standing.isPresent()) {
                        return standing.get();
                    }
                }
            }
        }
        throw new StoreUnavailable(
                prefix + name + " was neither created nor found in " + TRIES + " tries",
                true,
                null);
    }

    /**
     * Swaps the value; empty where somebody else wrote first. The value must carry a token of its
     * own write.
     */
    Optional<Versioned<T>> swap(String name, long generation, T value) {
        byte[] body = Json.write(value);
        return switch (backoff.whileBusy(() -> store.swap(prefix + name, generation, body))) {
            case ObjectStore.Written(long written, var updated) ->
                    Optional.of(new Versioned<>(value, written, updated));
            case ObjectStore.Conflict() -> ours(name, body);
        };
    }

    /** A retried write whose first try succeeded answers 412: what stands is then our own. */
    private Optional<Versioned<T>> ours(String name, byte[] body) {
        return backoff.whileBusy(() -> store.get(prefix + name))
                .filter(stored -> Arrays.equals(stored.body(), body))
                .map(this::parse);
    }

    /**
     * Applies a change that depends only on the value, until it holds; the value as it then stands.
     */
    Versioned<T> merge(String name, T ifAbsent, UnaryOperator<T> change) {
        for (int attempt = 0; attempt < TRIES; attempt++) {
            backoff.before(attempt);
            Versioned<T> standing = createOrGet(name, ifAbsent);
            T next = change.apply(standing.value());
            if (next.equals(standing.value())) {
                return standing;
            }
            Optional<Versioned<T>> written = swap(name, standing.generation(), next);
            if (written.isPresent()) {
                return written.get();
            }
        }
        throw new StoreUnavailable(
                prefix + name + " was changed by others in " + TRIES + " tries", true, null);
    }

    void delete(String name) {
        backoff.whileBusy(() -> store.get(prefix + name))
                .ifPresent(
                        stored ->
                                backoff.whileBusy(
                                        () -> store.delete(prefix + name, stored.generation())));
    }

    List<ObjectStore.Listed> list(int atMost) {
        return backoff.whileBusy(() -> store.list(prefix, atMost));
    }

    String nameIn(ObjectStore.Listed listed) {
        return listed.name().substring(prefix.length());
    }

    private Versioned<T> parse(ObjectStore.Stored stored) {
        try {
            return new Versioned<>(
                    Json.read(stored.body(), kind), stored.generation(), stored.updated());
        } catch (IOException e) {
            throw new UnreadableObject(stored.name(), e);
        }
    }
}
