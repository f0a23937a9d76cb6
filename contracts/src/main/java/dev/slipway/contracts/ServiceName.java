package dev.slipway.contracts;

import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonValue;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * A Cloud Run service's id: a lower-case letter, then letters, digits and dashes, fewer than 50
 * (Cloud Run: service_id).
 */
public record ServiceName(@JsonValue String value) {
    private static final Pattern FORM = Pattern.compile("[a-z]([a-z0-9-]{0,47}[a-z0-9])?");

    /** Refuses anything but a service id. */
    @JsonCreator(mode = JsonCreator.Mode.DELEGATING)
    public ServiceName {
        if (!FORM.matcher(value).matches()) {
            throw new IllegalArgumentException(
                    "a service's name starts with a-z, goes on with a-z, 0-9 and -, ends with no -, and has fewer than 50"
                            + " characters; this one is "
                            + Shown.of(value));
        }
    }

    /** The name, or nothing where the text is none. */
    public static Optional<ServiceName> parse(String text) {
        return FORM.matcher(text).matches() ? Optional.of(new ServiceName(text)) : Optional.empty();
    }

    @Override
    public String toString() {
        return value;
    }
}
