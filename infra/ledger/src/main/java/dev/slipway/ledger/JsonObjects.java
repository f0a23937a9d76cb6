package dev.slipway.ledger;

import dev.slipway.contracts.Json;
import java.io.IOException;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.function.UnaryOperator;

/** Objects of one kind below one prefix, as JSON. */
final class JsonObjects<T> {
    private static final int TRIES = 20;

    private final ObjectStore store;
    private final Backoff backoff;
    private final String prefix;
    private final Class<T> kind;
    private final Consumer<UnreadableObject> alert;

    /**
     * Objects in this store.
     *
     * @param alert told of each that does not parse, before the caller is
     */
    JsonObjects(
            ObjectStore store,
            Backoff backoff,
            String prefix,
            Class<T> kind,
            Consumer<UnreadableObject> alert) {
        this.alert = alert;
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
     *
     * @param known what was read before, so that it need not be read again; empty where nothing
     *     stood
     */
    Versioned<T> merge(
            String name, Optional<Versioned<T>> known, T ifAbsent, UnaryOperator<T> change) {
        Optional<Versioned<T>> standing = known;
        for (int attempt = 0; attempt < TRIES; attempt++) {
            backoff.before(attempt);
            Optional<Versioned<T>> merged = mergeOnce(name, standing, ifAbsent, change);
            if (merged.isPresent()) {
                return merged.get();
            }
            standing = get(name);
        }
        throw new StoreUnavailable(
                prefix + name + " was changed by others in " + TRIES + " tries", true, null);
    }

    private Optional<Versioned<T>> mergeOnce(
            String name, Optional<Versioned<T>> standing, T ifAbsent, UnaryOperator<T> change) {
        T next = change.apply(standing.map(Versioned::value).orElse(ifAbsent));
        if (standing.isEmpty()) {
            return createOrNothing(name, next);
        }
        return next.equals(standing.get().value())
                ? standing
                : swap(name, standing.get().generation(), next);
    }

    private Optional<Versioned<T>> createOrNothing(String name, T value) {
        byte[] body = Json.write(value);
        return switch (backoff.whileBusy(() -> store.create(prefix + name, body))) {
            case ObjectStore.Written(long generation, var updated) ->
                    Optional.of(new Versioned<>(value, generation, updated));
            case ObjectStore.Conflict() -> Optional.empty();
        };
    }

    /** Deletes exactly what was read or created; what stands otherwise is somebody else's. */
    void delete(String name, long generation) {
        var _ = backoff.whileBusy(() -> store.delete(prefix + name, generation));
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
            UnreadableObject unreadable = UnreadableObject.torn(stored.name(), e);
            alert.accept(unreadable);
            throw unreadable;
        }
    }
}
