package dev.slipway.cli.requests;

import dev.slipway.cli.answers.AnswerText;
import dev.slipway.cli.answers.Follow;
import dev.slipway.contracts.Answer;
import dev.slipway.contracts.Answer.Step;
import dev.slipway.contracts.RequestAnswer;
import dev.slipway.contracts.RequestKind;
import java.time.Duration;
import java.util.Map;
import java.util.function.Consumer;

/**
 * Tells programs: the request, then its answer, or that of the deployment which it began, as it
 * stands in the bucket each time that it changes. The last line is the final answer.
 */
public final class TellingRequestToPrograms implements TellingRequest {
    private final Consumer<Object> documents;

    /** Gives each document to {@code documents}. */
    public TellingRequestToPrograms(Consumer<Object> documents) {
        this.documents = documents;
    }

    /** A request before anybody answered. */
    record Document(
            String state,
            String request,
            RequestKind kind,
            String service,
            String region,
            String bucket,
            String object,
            String generation) {
        static Document of(Asked asked) {
            return new Document(
                    "ASKED",
                    asked.id().value(),
                    asked.request().kind(),
                    asked.service().service().value(),
                    asked.service().region(),
                    asked.object().bucket(),
                    asked.object().object(),
                    Long.toString(asked.object().generation()));
        }
    }

    /** A request of which no end is known here. */
    record Unknown(String state, String request, String service, Map<String, String> error) {}

    @Override
    public FollowRequest.Listener asked(Asked asked) {
        documents.accept(Document.of(asked));
        return new Documents();
    }

    private final class Documents implements FollowRequest.Listener {
        @Override
        public void news(RequestAnswer answer) {
            documents.accept(answer);
        }

        @Override
        public void news(Answer answer) {
            documents.accept(answer);
        }

        @Override
        public void reached(Step step, Answer answer) {
            // stands in the answer
        }

        @Override
        public void remark(String text) {
            // what it waits for stands in the answer
        }

        @Override
        public void looked(String now, Duration since) {
            // nothing new
        }
    }

    @Override
    public void left(Asked asked) {
        // where it stands was told
    }

    @Override
    public void ended(Asked asked, RequestEnd end, Duration took) {
        switch (end) {
            case RequestEnd.Answered _, RequestEnd.Deployed(Follow.End.Finished _) -> {}
            case RequestEnd.Deployed(var other) ->
                    unknown(
                            asked,
                            "NOT_FOLLOWED",
                            AnswerText.unfinished(other, asked.service().service().value()));
            case RequestEnd.StillGoing(var silence) ->
                    unknown(
                            asked,
                            "STILL_GOING",
                            RequestText.unfinished(asked, TellingPeople.silent(silence)));
            case RequestEnd.Lost(var why) ->
                    unknown(asked, "LOST_FROM_SIGHT", RequestText.unfinished(asked, why));
        }
    }

    private void unknown(Asked asked, String state, String message) {
        documents.accept(
                new Unknown(
                        state,
                        asked.id().value(),
                        asked.service().service().value(),
                        Map.of("message", message)));
    }
}
