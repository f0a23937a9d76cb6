package dev.slipway.contracts.manifest;

import com.fasterxml.jackson.annotation.JsonValue;
import java.util.Locale;

/** Who may call a service. */
public enum Access {
    /** Who has the invoker's role. */
    PRIVATE,
    /** Everybody. */
    PUBLIC;

    /** As the manifest writes it. */
    @JsonValue
    public String text() {
        return name().toLowerCase(Locale.ROOT);
    }
}
