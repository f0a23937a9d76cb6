package dev.slipway.upload.gateway;

import dev.slipway.contracts.ObjectVersion;
import dev.slipway.kit.GatewayException;
import dev.slipway.upload.decide.Drop;
import java.nio.file.Path;
import java.util.Optional;
import java.util.function.Consumer;

/**
 * The drop bucket.
 *
 * <p>Every method throws {@link GatewayException} if it could not be asked or said no; its kind
 * says whether asking again helps.
 */
public interface Drops {
    /** Exactly this generation, whether it is current or not; empty where it is gone. */
    Optional<Drop> find(ObjectVersion version);

    /** The generation that stands under this name now. */
    Optional<Drop> current(String object);

    /**
     * Copies exactly the drop's bytes, as they were stored, into a new file.
     *
     * @return false where this generation is gone
     */
    boolean fetch(Drop drop, Path file);

    /**
     * Shows every object that was created at this time or later, all its generations that are still
     * there, Slipway's own answers left out; in no order.
     *
     * @param timeCreated milliseconds since 1970 by the storage's clock
     */
    void createdSince(long timeCreated, Consumer<Drop> each);
}
