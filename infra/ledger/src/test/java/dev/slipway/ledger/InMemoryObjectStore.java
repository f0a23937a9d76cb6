package dev.slipway.ledger;

import java.nio.charset.StandardCharsets;
import java.time.InstantSource;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentSkipListMap;

/** The model of the store: a map under one lock, with the clock that a test moves. */
public final class InMemoryObjectStore implements ObjectStore {
    private final Map<String, Stored> objects =
            new ConcurrentSkipListMap<>(
                    (a, b) ->
                            Arrays.compareUnsigned(
                                    a.getBytes(StandardCharsets.UTF_8),
                                    b.getBytes(StandardCharsets.UTF_8)));
    private final InstantSource clock;
    private long lastGeneration = 1_000_000;

    /** An empty store whose {@code updated} come from this clock. */
    public InMemoryObjectStore(InstantSource clock) {
        this.clock = clock;
    }

    @Override
    public synchronized Optional<Stored> get(String name) {
        return Optional.ofNullable(objects.get(name))
                .map(
                        stored ->
                                new Stored(
                                        name,
                                        stored.body().clone(),
                                        stored.generation(),
                                        stored.updated()));
    }

    @Override
    public synchronized Write create(String name, byte[] body) {
        return objects.containsKey(name) ? new Conflict() : put(name, body);
    }

    @Override
    public synchronized Write swap(String name, long generation, byte[] body) {
        Stored standing = objects.get(name);
        return standing == null || standing.generation() != generation
                ? new Conflict()
                : put(name, body);
    }

    private Write put(String name, byte[] body) {
        Stored stored = new Stored(name, body.clone(), ++lastGeneration, clock.instant());
        objects.put(name, stored);
        return new Written(stored.generation(), stored.updated());
    }

    @Override
    public synchronized boolean delete(String name, long generation) {
        Stored standing = objects.get(name);
        return standing != null
                && standing.generation() == generation
                && objects.remove(name, standing);
    }

    /** Everything that stands, a line for each object: name, generation, time and content. */
    public synchronized List<String> lines() {
        return objects.values().stream()
                .map(
                        stored ->
                                "%s %d %s %s"
                                        .formatted(
                                                stored.name(),
                                                stored.generation(),
                                                stored.updated(),
                                                new String(stored.body(), StandardCharsets.UTF_8)))
                .toList();
    }

    @Override
    public synchronized List<Listed> list(String prefix, int atMost) {
        return objects.values().stream()
                .filter(stored -> stored.name().startsWith(prefix))
                .limit(atMost)
                .map(stored -> new Listed(stored.name(), stored.generation(), stored.updated()))
                .toList();
    }
}
