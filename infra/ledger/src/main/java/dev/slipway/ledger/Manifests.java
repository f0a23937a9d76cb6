package dev.slipway.ledger;

import dev.slipway.contracts.Digest;
import java.io.IOException;
import java.util.Optional;
import java.util.function.Consumer;

/** The objects {@code manifests/<digest>}; they never change, so each is read once. */
final class Manifests {
    private static final int MOST_KEPT = 256;

    private final ObjectStore store;
    private final Backoff backoff;
    private final Consumer<UnreadableObject> alert;
    private final Recent<Digest, byte[]> recent = new Recent<>(MOST_KEPT);

    Manifests(ObjectStore store, Backoff backoff, Consumer<UnreadableObject> alert) {
        this.store = store;
        this.backoff = backoff;
        this.alert = alert;
    }

    void keep(Digest digest, byte[] normalised) {
        var _ = backoff.whileBusy(() -> store.create(name(digest), normalised));
    }

    Optional<byte[]> find(Digest digest) {
        Optional<byte[]> known = recent.get(digest);
        if (known.isPresent()) {
            return known;
        }
        Optional<byte[]> read =
                backoff.whileBusy(() -> store.get(name(digest))).map(ObjectStore.Stored::body);
        read.filter(body -> !Digest.of(body).equals(digest))
                .ifPresent(
                        _ -> {
                            throw told(UnreadableObject.altered(name(digest)));
                        });
        read.ifPresent(body -> recent.put(digest, body));
        return read;
    }

    <T> Optional<T> find(Digest digest, Ledger.Reading<T> reading) {
        return find(digest).map(body -> read(digest, body, reading));
    }

    <T> T require(Digest digest, Ledger.Reading<T> reading) {
        return find(digest, reading)
                .orElseThrow(() -> told(UnreadableObject.missing(name(digest))));
    }

    private <T> T read(Digest digest, byte[] body, Ledger.Reading<T> reading) {
        try {
            return reading.read(body);
        } catch (IOException e) {
            throw told(UnreadableObject.torn(name(digest), e));
        }
    }

    private UnreadableObject told(UnreadableObject unreadable) {
        alert.accept(unreadable);
        return unreadable;
    }

    private static String name(Digest digest) {
        return "manifests/" + digest.hex();
    }
}
