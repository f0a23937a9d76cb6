package dev.slipway.ledger;

import java.util.Optional;

/** What was known of a service when it was read; nothing was found at first. */
public record ServiceRead(Optional<Versioned<ServiceEntry>> found) {
    /** What was known. */
    public ServiceEntry value() {
        return found.map(Versioned::value).orElse(ServiceEntry.NOTHING);
    }
}
