package dev.slipway.contracts;

/**
 * Why a deployment ended: a closed list. Each knows its outcome, whose turn it is, what it means
 * and the next step; {@code contracts/REASONS.md} shows them all.
 */
public enum Reason {
    DEPLOYED(
            Outcome.LIVE,
            Turn.NOBODY,
            "The new revision serves all requests, and every trigger of its manifest is ready.",
            "Call the URL."),
    ALREADY_LIVE(
            Outcome.UNCHANGED,
            Turn.NOBODY,
            "The same source, built in the same way, serves with the same manifest already.",
            "Nothing to do: this source with this manifest serves already."),

    NEWER_DEPLOYMENT(
            Outcome.SUPERSEDED,
            Turn.NOBODY,
            "A newer drop, or a newer request, for the same service took its place.",
            "Read the answer to the newer drop of this service."),
    DROP_OVERWRITTEN(
            Outcome.SUPERSEDED,
            Turn.NOBODY,
            "A newer generation of the same object replaced it before it was verified.",
            "Read the answer to the newer generation of this object."),

    NAME_INVALID(
            Outcome.REJECTED,
            Turn.YOU,
            "The object's name gives no valid service name.",
            "Upload it as SERVICE.zip or REGION/SERVICE.zip with a valid service name."),
    NOT_AN_ARCHIVE(
            Outcome.REJECTED,
            Turn.YOU,
            "The content is neither a zip nor a tar, whatever the suffix says.",
            "Upload a zip, a tar.gz or a tar."),
    ARCHIVE_DAMAGED(
            Outcome.REJECTED,
            Turn.YOU,
            "The archive ends early, or its parts contradict each other.",
            "Pack the source again and upload the new archive."),
    ARCHIVE_UNSAFE(
            Outcome.REJECTED,
            Turn.YOU,
            "An entry would leave the archive's folder, hides as another one, or is no plain file.",
            "Take the named entry out of the archive, or rename it, and upload again."),
    ARCHIVE_TOO_LARGE(
            Outcome.REJECTED,
            Turn.YOU,
            "The archive, or what it expands to, is above a limit.",
            "Leave out what the build does not need and upload again."),
    ARCHIVE_EMPTY(
            Outcome.REJECTED,
            Turn.YOU,
            "The archive has no file to build.",
            "Pack the folder that holds the source and upload again."),
    MANIFEST_INVALID(
            Outcome.REJECTED,
            Turn.YOU,
            "The manifest slipway.yaml breaks its schema, or asks for what is not allowed or not"
                    + " supported yet.",
            "Correct slipway.yaml at the named line and upload again."),
    REGION_NOT_ALLOWED(
            Outcome.REJECTED,
            Turn.OPERATOR,
            "The drop's region is not one that the operator allows.",
            "Use an allowed region, or ask your operator to allow this one."),

    VERIFY_TIMED_OUT(
            Outcome.FAILED,
            Turn.PLATFORM,
            "The drop was not verified and staged within the deadline.",
            "Upload the archive again; tell your operator if it happens twice."),
    STAGING_FAILED(
            Outcome.FAILED,
            Turn.OPERATOR,
            "The verified source could not be written to its staging bucket.",
            "Show this message to your operator."),
    BUILD_REFUSED(
            Outcome.FAILED,
            Turn.OPERATOR,
            "Cloud Build did not accept the build.",
            "Show this message to your operator."),
    BUILD_FAILED(
            Outcome.FAILED,
            Turn.YOU,
            "The build ran, and ended with an error in the source or its dependencies.",
            "Read the log's last lines, correct the source and upload again."),
    BUILD_TIMED_OUT(
            Outcome.FAILED,
            Turn.YOU,
            "The build ran longer than its time limit.",
            "Make the build shorter, or ask your operator for a longer limit, and upload again."),
    BUILD_UNAVAILABLE(
            Outcome.FAILED,
            Turn.PLATFORM,
            "The platform failed the build in every attempt that is allowed.",
            "Upload the archive again later."),
    BUILD_STUCK(
            Outcome.FAILED,
            Turn.PLATFORM,
            "The build did not end by its own limits and a grace, or its end could not be read.",
            "Upload the archive again; tell your operator if it happens twice."),
    REVISION_FAILED(
            Outcome.FAILED,
            Turn.YOU,
            "The new revision's container did not start, or did not listen on its port.",
            "Read the log's last lines, correct the source and upload again."),
    TRIGGER_REFUSED(
            Outcome.FAILED,
            Turn.YOU,
            "A trigger cannot be made as the manifest says: what it names is missing or not"
                    + " accepted.",
            "Create what the message names, or correct the triggers in slipway.yaml, and upload"
                    + " again."),
    DEPLOY_REFUSED(
            Outcome.FAILED,
            Turn.OPERATOR,
            "Cloud Run, or Eventarc, did not accept the change, or somebody closed the rollout.",
            "Show this message to your operator."),
    DEPLOY_UNAVAILABLE(
            Outcome.FAILED,
            Turn.PLATFORM,
            "The platform failed the new revision in every attempt that is allowed.",
            "Upload the archive again later."),
    DEPLOY_TIMED_OUT(
            Outcome.FAILED,
            Turn.PLATFORM,
            "The service, or a trigger, was not ready within the deadline.",
            "Upload the archive again; tell your operator if it happens twice."),
    SERVICE_FOREIGN(
            Outcome.FAILED,
            Turn.OPERATOR,
            "A service of this name exists that this installation did not make.",
            "Choose another service name, or ask your operator to adopt the service."),

    DROP_DELETED(
            Outcome.CANCELLED,
            Turn.YOU,
            "The object was deleted before it was verified.",
            "Upload the archive again if you still want it deployed."),
    CANCELLED_ON_REQUEST(
            Outcome.CANCELLED,
            Turn.NOBODY,
            "Somebody cancelled the deployment, or its build.",
            "Upload the archive again if you still want it deployed.");

    private final Outcome outcome;
    private final Turn turn;
    private final String meaning;
    private final String nextStep;

    Reason(Outcome outcome, Turn turn, String meaning, String nextStep) {
        this.outcome = outcome;
        this.turn = turn;
        this.meaning = meaning;
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

    /** What has happened, in one sentence. */
    public String meaning() {
        return meaning;
    }

    /** One sentence for who has to act. */
    public String nextStep() {
        return nextStep;
    }
}
