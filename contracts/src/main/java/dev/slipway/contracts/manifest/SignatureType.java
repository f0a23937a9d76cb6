package dev.slipway.contracts.manifest;

import com.fasterxml.jackson.annotation.JsonValue;
import java.util.Locale;

/** How the Functions Framework calls a function (GOOGLE_FUNCTION_SIGNATURE_TYPE). */
public enum SignatureType {
    /** With an HTTP request. */
    HTTP,
    /** With a CloudEvent. */
    CLOUDEVENT,
    /** With an event's data and its context, as the first generation was. */
    EVENT,
    /** With a value of a type of its own, read from a request's JSON. */
    TYPED;

    /** As the manifest and the framework write it. */
    @JsonValue
    public String text() {
        return name().toLowerCase(Locale.ROOT);
    }
}
