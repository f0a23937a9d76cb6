package dev.slipway.kit;

import java.io.Serial;
import org.jspecify.annotations.Nullable;

/** The outside could not be asked, or said no; the kind says whether asking again helps. */
public final class GatewayException extends RuntimeException {
    @Serial private static final long serialVersionUID = 1;

    private final FailureKind kind;

    /**
     * A failure in one sentence.
     *
     * @param tried what was tried, on what: "create the service hello in europe-west1"
     * @param why what was answered
     */
    public GatewayException(FailureKind kind, String tried, String why, @Nullable Throwable cause) {
        super("tried to " + tried + " but " + why, cause);
        this.kind = kind;
    }

    /** Why. */
    public FailureKind kind() {
        return kind;
    }

    /** The sentence, without a null in it. */
    public String sentence() {
        return String.valueOf(getMessage());
    }
}
