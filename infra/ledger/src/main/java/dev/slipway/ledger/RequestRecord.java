package dev.slipway.ledger;

import dev.slipway.contracts.DeploymentId;
import dev.slipway.contracts.ObjectVersion;
import dev.slipway.contracts.RequestAnswer;
import dev.slipway.contracts.RequestAnswer.Outcome;
import dev.slipway.contracts.RequestAnswer.Refusal;
import dev.slipway.contracts.RequestAnswer.State;
import dev.slipway.contracts.RequestKind;
import dev.slipway.contracts.RequestName;
import dev.slipway.contracts.ServiceKey;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * One request's state. It only moves forward, and what is over stays so. A redrive or redeploy is
 * over once the deployment has a record that it became; that has the same id.
 *
 * @param request its id, computed as a drop's
 * @param object what it stands in
 * @param kind absent where it could not be read
 * @param revision what a rollback gives the traffic to: what was asked for, and from ACTING on what
 *     was decided
 * @param deployment what a cancel is about, or whose source is deployed once more; for a redeploy
 *     from ACTING on
 * @param waiting why nothing happens now, if so
 * @param injection how often a sweep has put this one back to work
 * @param end how it ended, from DONE on
 * @param begun when it was taken up, by the storage's clock; absent in the first record, whose own
 *     time that is
 */
public record RequestRecord(
        int schema,
        DeploymentId request,
        ObjectVersion object,
        ServiceKey service,
        Order order,
        @Nullable RequestKind kind,
        Stage stage,
        @Nullable String revision,
        @Nullable DeploymentId deployment,
        boolean dryRun,
        @Nullable Waiting waiting,
        long injection,
        @Nullable End end,
        @Nullable String correlation,
        @Nullable Instant begun,
        String writeToken) {
    private static final int SCHEMA = 1;

    /** How far it is. */
    public enum Stage {
        /** It is known. */
        RECEIVED,
        /** What it does is decided, and may have been begun. */
        ACTING,
        /** It is over. */
        DONE
    }

    /**
     * How a request ended.
     *
     * @param url where the service answers, if that is worth telling
     * @param wouldDelete what an undeploy would take away; for a dry run
     */
    public record End(
            Outcome outcome,
            @Nullable Refusal refusal,
            String message,
            @Nullable String url,
            List<String> wouldDelete) {
        /** It was carried out. */
        public static End done(String message) {
            return new End(Outcome.DONE, null, message, null, List.of());
        }

        /** It became a deployment, which has its id. */
        public static End deployed(DeploymentId as) {
            return done("It is deployed as " + as + ".");
        }

        /** It cannot be carried out. */
        public static End refused(Refusal refusal, String message) {
            return new End(Outcome.REFUSED, refusal, message, null, List.of());
        }

        /** Something newer came before. */
        public static End superseded(String message) {
            return new End(Outcome.SUPERSEDED, null, message, null, List.of());
        }

        /** The same, with where the service answers. */
        public End at(@Nullable String answers) {
            return new End(outcome, refusal, message, answers, wouldDelete);
        }

        /** The same, with what would go. */
        public End wouldDelete(List<String> these) {
            return new End(outcome, refusal, message, url, List.copyOf(these));
        }
    }

    /** A request that was just heard of. */
    public static RequestRecord received(
            Marker marker,
            ServiceKey service,
            @Nullable RequestKind kind,
            @Nullable String revision,
            @Nullable DeploymentId deployment,
            boolean dryRun,
            @Nullable String correlation) {
        return new RequestRecord(
                SCHEMA,
                marker.deployment(),
                marker.drop(),
                service,
                marker.order(),
                kind,
                Stage.RECEIVED,
                revision,
                deployment,
                dryRun,
                null,
                0,
                null,
                correlation,
                null,
                "");
    }

    /** What a rollback goes to is decided. */
    public RequestRecord acting(String target) {
        return with(open(Stage.ACTING), target, deployment, null, injection, null);
    }

    /** Whose source is deployed once more is decided. */
    public RequestRecord actingOn(DeploymentId parent) {
        return with(open(Stage.ACTING), revision, parent, null, injection, null);
    }

    /** Nothing can happen before the given time. */
    public RequestRecord waiting(Waiting reason) {
        return with(open(stage), revision, deployment, reason, injection, null);
    }

    /** A sweep puts it back to work. */
    public RequestRecord injected() {
        return with(stage, revision, deployment, waiting, injection + 1, end);
    }

    /** It is over. */
    public RequestRecord finished(End last) {
        return with(open(Stage.DONE), revision, deployment, null, injection, last);
    }

    /** When it was taken up, for a record that was last written then. */
    Instant since(Instant updated) {
        return begun == null ? updated : begun;
    }

    /** As it is written after the record that stood, which was last written then. */
    RequestRecord following(RequestRecord before, Instant updated, String token) {
        return written(before.since(updated), token);
    }

    /** As it is written first. */
    RequestRecord written(String token) {
        return written(null, token);
    }

    private RequestRecord written(@Nullable Instant since, String token) {
        return new RequestRecord(
                schema,
                request,
                object,
                service,
                order,
                kind,
                stage,
                revision,
                deployment,
                dryRun,
                waiting,
                injection,
                end,
                correlation,
                since,
                token);
    }

    private Stage open(Stage to) {
        if (stage == Stage.DONE) {
            throw new IllegalStateException("the request " + request + " is over");
        }
        return to;
    }

    private RequestRecord with(
            Stage to,
            @Nullable String target,
            @Nullable DeploymentId about,
            @Nullable Waiting reason,
            long injections,
            @Nullable End last) {
        return new RequestRecord(
                schema,
                request,
                object,
                service,
                order,
                kind,
                to,
                target,
                about,
                dryRun,
                reason,
                injections,
                last,
                correlation,
                begun,
                writeToken);
    }

    /** It became a deployment; one that is over stays as it is. */
    public RequestRecord deployed() {
        return isDone() ? this : finished(End.deployed(request));
    }

    /** Whether it is over. */
    public boolean isDone() {
        return stage == Stage.DONE;
    }

    /** What is shown beside the request. */
    public RequestAnswer answer() {
        Refusal refusal = end == null ? null : end.refusal;
        boolean told = end != null && end.outcome == Outcome.DONE;
        return new RequestAnswer(
                request,
                kind,
                service.service().value(),
                service.region(),
                order.text(),
                Long.toString(object.generation()),
                end != null ? State.DONE : waiting == null ? State.RECEIVED : State.WAITING,
                end == null ? null : end.outcome,
                refusal,
                refusal == null ? null : refusal.turn(),
                end == null ? null : end.message,
                refusal == null ? null : refusal.nextStep(),
                waiting == null ? null : waiting.words(),
                kind == RequestKind.ROLLBACK && told ? revision : null,
                end == null ? null : end.url,
                kind != null && kind.deploys() ? (told ? request : null) : deployment,
                end == null ? List.of() : end.wouldDelete,
                correlation);
    }

    /** Where the answer stands. */
    public String answerName() {
        return RequestName.answerTo(object.object());
    }
}
