package dev.slipway.deploy.decide;

import dev.slipway.contracts.ServiceKey;
import org.jspecify.annotations.Nullable;

/**
 * A trigger of this installation as Eventarc shows it.
 *
 * @param location where it lives, which is not always the service's region
 * @param service what it calls
 * @param failure why it does not work, if Eventarc says so
 * @param delivery how its subscription delivers; null while it has none, or where nobody asked
 */
public record TriggerSeen(
        String id,
        String location,
        ServiceKey service,
        @Nullable String failure,
        @Nullable Delivery delivery) {}
