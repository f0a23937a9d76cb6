package dev.slipway.kit;

import java.io.Serial;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/** The outside could not be asked, or said no; the kind says whether asking again helps. */
public final class GatewayException extends RuntimeException {
    @Serial private static final long serialVersionUID = 1;

    private final FailureKind kind;
    private final @Nullable Duration retryAfter;

    /**
     * A failure in one sentence.
     *
     * @param tried what was tried, on what: "create the service hello in europe-west1"
     * @param why what was answered
     */
    public GatewayException(FailureKind kind, String tried, String why, @Nullable Throwable cause) {
        this(kind, tried, why, cause, null);
    }

    /**
     * The same.
     *
     * @param retryAfter how long it asks to be left alone, if it does
     */
    public GatewayException(
            FailureKind kind,
            String tried,
            String why,
            @Nullable Throwable cause,
            @Nullable Duration retryAfter) {
        super("tried to " + tried + " but " + why, cause);
        this.kind = kind;
        this.retryAfter = retryAfter;
    }

    /** Why. */
    public FailureKind kind() {
        return kind;
    }

    /** How long it asks to be left alone; zero where it does not say. */
    public Duration retryAfter() {
        return retryAfter == null ? Duration.ZERO : retryAfter;
    }

    /** The sentence, without a null in it. */
    public String sentence() {
        return String.valueOf(getMessage());
    }
}
