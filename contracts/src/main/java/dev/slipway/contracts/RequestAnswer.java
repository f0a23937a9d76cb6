package dev.slipway.contracts;

import java.io.IOException;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * What stands beside a request, at {@code requests/<region>/<service>/<name>.answer.json}: how it
 * stands and how it ended. A redrive or redeploy that was begun is answered with the deployment
 * that it became, whose own {@link Answer} stands in the drop bucket under the request's name.
 *
 * @param request its id, computed as a drop's
 * @param kind absent where the request could not be read
 * @param order its order as text
 * @param generation of the request's object, as text
 * @param outcome absent until it is over
 * @param refusal why it was refused, if it was
 * @param waitingFor what it waits for, if it does
 * @param revision what a rollback gave the traffic to
 * @param url where the service answers, if it does
 * @param deployment what a redrive or redeploy became, or what a cancel is about
 * @param wouldDelete what an undeploy would take away; for a dry run
 */
public record RequestAnswer(
        DeploymentId request,
        @Nullable RequestKind kind,
        String service,
        String region,
        String order,
        String generation,
        State state,
        @Nullable Outcome outcome,
        @Nullable Refusal refusal,
        @Nullable Turn turn,
        @Nullable String message,
        @Nullable String nextStep,
        @Nullable String waitingFor,
        @Nullable String revision,
        @Nullable String url,
        @Nullable DeploymentId deployment,
        List<String> wouldDelete,
        @Nullable String correlation) {
    /** Absent is empty. */
    public RequestAnswer {
        wouldDelete = wouldDelete == null ? List.of() : List.copyOf(wouldDelete);
    }

    /**
     * One of which nothing is known but what it waits for.
     *
     * @param order as text
     */
    public static RequestAnswer waiting(
            DeploymentId request,
            ServiceKey service,
            String order,
            long generation,
            String waitingFor) {
        return new RequestAnswer(
                request,
                null,
                service.service().value(),
                service.region(),
                order,
                Long.toString(generation),
                State.WAITING,
                null,
                null,
                null,
                null,
                null,
                waitingFor,
                null,
                null,
                null,
                List.of(),
                null);
    }

    /** How far a request is. */
    public enum State {
        RECEIVED,
        WAITING,
        DONE
    }

    /** How a request ends. */
    public enum Outcome {
        /** It was carried out. */
        DONE,
        /** It cannot be carried out; the refusal says why. */
        REFUSED,
        /** Something newer was asked for, or deployed, before. */
        SUPERSEDED
    }

    /** Why a request is refused: a closed list. */
    public enum Refusal {
        UNREADABLE_REQUEST(Turn.YOU, "Ask again with the command of this installation's version."),
        NO_SUCH_SERVICE(
                Turn.YOU,
                "Look at the services with './slipway list' and ask again with its name."),
        NOTHING_LIVE(Turn.YOU, "Deploy the service first."),
        NO_SUCH_REVISION(Turn.YOU, "Ask again with one of the revisions that the message names."),
        NEVER_LIVE(Turn.YOU, "Drop the source again, or redrive its deployment."),
        NO_SUCH_DEPLOYMENT(
                Turn.YOU, "Look at the deployments with './slipway status' and ask again."),
        ALREADY_ENDED(
                Turn.YOU, "Nothing to cancel; to take it back, ask for a rollback or an undeploy."),
        NO_SOURCE(Turn.YOU, "Drop the source again."),
        SERVICE_FOREIGN(Turn.OPERATOR, "Ask whoever made the service, or your operator."),
        NOT_ALLOWED(Turn.OPERATOR, "Show this message to your operator."),
        TIMED_OUT(Turn.PLATFORM, "Ask again; tell your operator if it happens twice.");

        private final Turn turn;
        private final String nextStep;

        Refusal(Turn turn, String nextStep) {
            this.turn = turn;
            this.nextStep = nextStep;
        }

        /** Who has to act. */
        public Turn turn() {
            return turn;
        }

        /** One sentence for who has to act. */
        public String nextStep() {
            return nextStep;
        }
    }

    /** The answer that these bytes are; empty where they are none. */
    public static Optional<RequestAnswer> parse(byte[] body) {
        try {
            return Optional.of(Json.read(body, RequestAnswer.class))
                    .filter(RequestAnswer::isComplete);
        } catch (IOException _) {
            return Optional.empty();
        }
    }

    private static boolean isComplete(RequestAnswer answer) {
        return Stream.of(
                        answer.request,
                        answer.service,
                        answer.region,
                        answer.order,
                        answer.generation,
                        answer.state)
                .allMatch(Objects::nonNull);
    }
}
