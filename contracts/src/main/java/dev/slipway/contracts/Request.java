package dev.slipway.contracts;

import java.io.IOException;
import java.util.Arrays;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * What somebody asks of a service, as it stands in an object {@code
 * requests/<region>/<service>/<name>.json} of the ledger bucket. The object is created once and
 * never changed; storage's time and generation of it are the request's order.
 *
 * @param schema 1
 * @param revision where a rollback goes to, if not to what was live before
 * @param deployment what a cancel or a redrive is about
 * @param dryRun whether an undeploy only says what it would take away
 * @param correlation the asker's own id, repeated in the answer
 */
public record Request(
        int schema,
        RequestKind kind,
        @Nullable String revision,
        @Nullable DeploymentId deployment,
        boolean dryRun,
        @Nullable String correlation) {
    private static final int SCHEMA = 1;
    private static final int LONGEST_BYTES = 64 * 1024;
    private static final int LONGEST_REVISION = 63;

    private record Form(
            @Nullable Integer schema,
            @Nullable String kind,
            @Nullable String revision,
            @Nullable String deployment,
            @Nullable Boolean dryRun,
            @Nullable String correlation) {}

    /** Cleans the correlation. */
    public Request {
        correlation = correlation == null ? null : Shown.of(correlation);
    }

    /** All traffic to this revision, or to what was live before. */
    public static Request rollback(@Nullable String revision) {
        return new Request(SCHEMA, RequestKind.ROLLBACK, revision, null, false, null);
    }

    /** Deployments wait. */
    public static Request hold() {
        return of(RequestKind.HOLD, null);
    }

    /** Deployments go on. */
    public static Request release() {
        return of(RequestKind.RELEASE, null);
    }

    /** The service goes, or it is only said what would. */
    public static Request undeploy(boolean dryRun) {
        return new Request(SCHEMA, RequestKind.UNDEPLOY, null, null, dryRun, null);
    }

    /** This deployment is taken back. */
    public static Request cancel(DeploymentId deployment) {
        return of(RequestKind.CANCEL, deployment);
    }

    /** This deployment's source is deployed once more. */
    public static Request redrive(DeploymentId deployment) {
        return of(RequestKind.REDRIVE, deployment);
    }

    /** What is live is built and deployed once more. */
    public static Request redeploy() {
        return of(RequestKind.REDEPLOY, null);
    }

    private static Request of(RequestKind kind, @Nullable DeploymentId deployment) {
        return new Request(SCHEMA, kind, null, deployment, false, null);
    }

    /**
     * The request in these bytes.
     *
     * @throws UnreadableEvent if there is none; its message says what is allowed
     */
    public static Request parse(byte[] body) throws UnreadableEvent {
        if (body.length > LONGEST_BYTES) {
            throw new UnreadableEvent("a request has at most " + LONGEST_BYTES + " bytes");
        }
        try {
            return checked(Json.read(body, Form.class));
        } catch (IOException e) {
            throw new UnreadableEvent("the request is no JSON object with a request's fields");
        }
    }

    private static Request checked(Form form) throws UnreadableEvent {
        if (form.schema == null || form.schema != SCHEMA) {
            throw new UnreadableEvent("schema is " + shown(form.schema) + "; allowed is " + SCHEMA);
        }
        RequestKind kind = kind(form.kind);
        check(form.revision == null || kind == RequestKind.ROLLBACK, kind, "revision");
        check(
                form.revision == null || form.revision.length() <= LONGEST_REVISION,
                kind,
                "revision");
        boolean aboutOne = kind == RequestKind.CANCEL || kind == RequestKind.REDRIVE;
        check(aboutOne == (form.deployment != null), kind, "deployment");
        boolean dryRun = Boolean.TRUE.equals(form.dryRun);
        check(!dryRun || kind == RequestKind.UNDEPLOY, kind, "dryRun");
        return new Request(
                SCHEMA, kind, form.revision, deployment(form.deployment), dryRun, form.correlation);
    }

    private static String shown(@Nullable Object found) {
        return found == null ? "missing" : Shown.of(found.toString());
    }

    private static RequestKind kind(@Nullable String text) throws UnreadableEvent {
        return RequestKind.of(String.valueOf(text))
                .orElseThrow(
                        () ->
                                new UnreadableEvent(
                                        "kind is "
                                                + shown(text)
                                                + "; allowed are "
                                                + Arrays.stream(RequestKind.values())
                                                        .map(RequestKind::text)
                                                        .collect(Collectors.joining(", "))));
    }

    private static @Nullable DeploymentId deployment(@Nullable String text) throws UnreadableEvent {
        if (text == null) {
            return null;
        }
        return DeploymentId.parse(text)
                .orElseThrow(() -> new UnreadableEvent(Shown.of(text) + " is no deployment's id"));
    }

    private static void check(boolean fits, RequestKind kind, String field) throws UnreadableEvent {
        if (!fits) {
            throw new UnreadableEvent(
                    "the field " + field + " does not fit a request to " + kind.text());
        }
    }
}
