package dev.slipway.contracts;

/**
 * Why a deployment ended: a closed list. Each knows its outcome, whose turn it is and the next
 * step.
 */
public enum Reason {
    DEPLOYED(Outcome.LIVE, Turn.NOBODY, "Call the URL."),
    ALREADY_LIVE(
            Outcome.UNCHANGED,
            Turn.NOBODY,
            "Nothing to do: this source with this manifest serves already."),

    NEWER_DEPLOYMENT(
            Outcome.SUPERSEDED, Turn.NOBODY, "Read the answer to the newer drop of this service."),
    DROP_OVERWRITTEN(
            Outcome.SUPERSEDED,
            Turn.NOBODY,
            "Read the answer to the newer generation of this object."),

    NAME_INVALID(
            Outcome.REJECTED,
            Turn.YOU,
            "Upload it as SERVICE.zip or REGION/SERVICE.zip with a valid service name."),
    NOT_AN_ARCHIVE(Outcome.REJECTED, Turn.YOU, "Upload a zip, a tar.gz or a tar."),
    ARCHIVE_DAMAGED(
            Outcome.REJECTED, Turn.YOU, "Pack the source again and upload the new archive."),
    ARCHIVE_UNSAFE(
            Outcome.REJECTED,
            Turn.YOU,
            "Take the named entry out of the archive, or rename it, and upload again."),
    ARCHIVE_TOO_LARGE(
            Outcome.REJECTED, Turn.YOU, "Leave out what the build does not need and upload again."),
    ARCHIVE_EMPTY(
            Outcome.REJECTED, Turn.YOU, "Pack the folder that holds the source and upload again."),
    MANIFEST_INVALID(
            Outcome.REJECTED, Turn.YOU, "Correct slipway.yaml at the named line and upload again."),
    REGION_NOT_ALLOWED(
            Outcome.REJECTED,
            Turn.OPERATOR,
            "Use an allowed region, or ask your operator to allow this one."),

    VERIFY_TIMED_OUT(
            Outcome.FAILED,
            Turn.PLATFORM,
            "Upload the archive again; tell your operator if it happens twice."),
    STAGING_FAILED(Outcome.FAILED, Turn.OPERATOR, "Show this message to your operator."),
    BUILD_REFUSED(Outcome.FAILED, Turn.OPERATOR, "Show this message to your operator."),
    BUILD_FAILED(
            Outcome.FAILED,
            Turn.YOU,
            "Read the log's last lines, correct the source and upload again."),
    BUILD_TIMED_OUT(
            Outcome.FAILED,
            Turn.YOU,
            "Make the build shorter, or ask your operator for a longer limit, and upload again."),
    BUILD_UNAVAILABLE(Outcome.FAILED, Turn.PLATFORM, "Upload the archive again later."),
    BUILD_STUCK(
            Outcome.FAILED,
            Turn.PLATFORM,
            "Upload the archive again; tell your operator if it happens twice."),
    REVISION_FAILED(
            Outcome.FAILED,
            Turn.YOU,
            "Read the log's last lines, correct the source and upload again."),
    TRIGGER_REFUSED(
            Outcome.FAILED,
            Turn.YOU,
            "Create what the message names, or correct the triggers in slipway.yaml, and upload"
                    + " again."),
    DEPLOY_REFUSED(Outcome.FAILED, Turn.OPERATOR, "Show this message to your operator."),
    DEPLOY_UNAVAILABLE(Outcome.FAILED, Turn.PLATFORM, "Upload the archive again later."),
    DEPLOY_TIMED_OUT(
            Outcome.FAILED,
            Turn.PLATFORM,
            "Upload the archive again; tell your operator if it happens twice."),
    SERVICE_FOREIGN(
            Outcome.FAILED,
            Turn.OPERATOR,
            "Choose another service name, or ask your operator to adopt the service."),

    DROP_DELETED(
            Outcome.CANCELLED, Turn.YOU, "Upload the archive again if you still want it deployed."),
    CANCELLED_ON_REQUEST(
            Outcome.CANCELLED,
            Turn.NOBODY,
            "Upload the archive again if you still want it deployed.");

    private final Outcome outcome;
    private final Turn turn;
    private final String nextStep;

    Reason(Outcome outcome, Turn turn, String nextStep) {
        this.outcome = outcome;
        this.turn = turn;
        this.nextStep = nextStep;
    }

    /** The one outcome that this reason explains. */
    public Outcome outcome() {
        return outcome;
    }

    /** Who has to act, if anybody. */
    public Turn turn() {
        return turn;
    }

    /** One sentence for who has to act. */
    public String nextStep() {
        return nextStep;
    }
}
