package dev.slipway.ledger;

import java.time.Instant;
import java.util.List;
import java.util.Optional;

/**
 * The store behind the ledger: objects that are written only on the condition that nobody else did
 * since they were read. Reads and lists see every write that was confirmed before.
 *
 * <p>Every method throws {@link StoreUnavailable} where the store could not be asked.
 */
public interface ObjectStore {
    /**
     * An object as it was read.
     *
     * @param generation names exactly this content
     * @param updated when it was written, by the store's clock
     */
    record Stored(String name, byte[] body, long generation, Instant updated) {}

    /** An object's name and generation. */
    record Listed(String name, long generation, Instant updated) {}

    /** How a conditional write ended. */
    sealed interface Write {}

    /** It is stored. */
    record Written(long generation, Instant updated) implements Write {}

    /** Somebody else wrote first, or a first try of ours did whose answer was lost. */
    record Conflict() implements Write {}

    /** The object, if there is one. */
    Optional<Stored> get(String name);

    /** Writes the object if there is none. */
    Write create(String name, byte[] body);

    /** Writes the object if this generation is still the one that stands. */
    Write swap(String name, long generation, byte[] body);

    /**
     * Deletes the object if this generation is still the one that stands; false where it is not.
     */
    boolean delete(String name, long generation);

    /**
     * Objects by name, in the order of their names (UTF-8).
     *
     * @param prefix what all names start with
     * @param atMost how many at the most
     */
    List<Listed> list(String prefix, int atMost);
}
