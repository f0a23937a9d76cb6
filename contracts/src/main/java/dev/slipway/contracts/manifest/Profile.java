package dev.slipway.contracts.manifest;

import com.fasterxml.jackson.annotation.JsonValue;
import java.util.Locale;

/** Which of Google's two paths a deployment follows. */
public enum Profile {
    /** {@code gcloud run deploy --source}. */
    RUN,
    /** {@code gcloud functions deploy --gen2}. */
    FUNCTIONS;

    /** As the manifest writes it. */
    @JsonValue
    public String text() {
        return name().toLowerCase(Locale.ROOT);
    }
}
