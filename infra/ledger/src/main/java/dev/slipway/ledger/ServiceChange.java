package dev.slipway.ledger;

import dev.slipway.contracts.ServiceKey;
import dev.slipway.contracts.ServiceName;
import java.time.Instant;
import java.util.Optional;

/**
 * That what is known of a service changed.
 *
 * @param generation names exactly what is known now
 * @param updated when it changed, by the storage's clock
 */
public record ServiceChange(ServiceKey service, long generation, Instant updated) {
    /** Nothing for an object whose name is no service's. */
    static Optional<ServiceChange> of(String name, ObjectStore.Listed listed) {
        int slash = name.indexOf('/');
        return slash < 1
                ? Optional.empty()
                : ServiceName.parse(name.substring(slash + 1))
                        .map(service -> new ServiceKey(name.substring(0, slash), service))
                        .map(key -> new ServiceChange(key, listed.generation(), listed.updated()));
    }
}
