package dev.slipway.contracts;

import com.fasterxml.jackson.annotation.JsonValue;
import java.util.Arrays;
import java.util.Locale;
import java.util.Optional;

/** What can be asked of a service. */
public enum RequestKind {
    /** Give all traffic back to a revision that was live before. */
    ROLLBACK,
    /** Let deployments wait. */
    HOLD,
    /** Let them go on. */
    RELEASE,
    /** Take the service and its triggers away. */
    UNDEPLOY,
    /** Take one deployment back. */
    CANCEL,
    /** Deploy the source of an ended deployment once more. */
    REDRIVE,
    /** Build and deploy the source of what is live once more. */
    REDEPLOY;

    /** As it is written. */
    @JsonValue
    public String text() {
        return name().toLowerCase(Locale.ROOT);
    }

    /** The kind that is written so. */
    public static Optional<RequestKind> of(String text) {
        return Arrays.stream(values()).filter(kind -> kind.text().equals(text)).findFirst();
    }

    /** Whether it begins a deployment of its own. */
    public boolean deploys() {
        return this == REDRIVE || this == REDEPLOY;
    }
}
