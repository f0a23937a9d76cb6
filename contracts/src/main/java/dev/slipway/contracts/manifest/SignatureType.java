package dev.slipway.contracts.manifest;

import com.fasterxml.jackson.annotation.JsonValue;
import java.util.Locale;

/** How the Functions Framework calls a function (GOOGLE_FUNCTION_SIGNATURE_TYPE). */
public enum SignatureType {
    /** With an HTTP request. */
    HTTP;

    /** As the manifest and the framework write it. */
    @JsonValue
    public String text() {
        return name().toLowerCase(Locale.ROOT);
    }
}
