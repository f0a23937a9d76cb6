package dev.slipway.cli.requests;

import dev.slipway.cli.answers.Ending;
import dev.slipway.cli.answers.Follow;
import dev.slipway.contracts.RequestAnswer;
import java.time.Duration;

/** How following a request ended. */
public sealed interface RequestEnd {
    /** The command's exit code. */
    int exitCode();

    /** The request is answered. */
    record Answered(RequestAnswer answer) implements RequestEnd {
        @Override
        public int exitCode() {
            return answer.outcome() == RequestAnswer.Outcome.DONE
                    ? Ending.WELL
                    : Ending.OTHER_OUTCOME;
        }
    }

    /** It began a deployment, which ended so. */
    record Deployed(Follow.End end) implements RequestEnd {
        @Override
        public int exitCode() {
            return end.exitCode();
        }
    }

    /** Nothing new was heard for so long; the request goes on. */
    record StillGoing(Duration silence) implements RequestEnd {
        @Override
        public int exitCode() {
            return Ending.NOT_FOLLOWED;
        }
    }

    /** No answer can be read any more. */
    record Lost(String why) implements RequestEnd {
        @Override
        public int exitCode() {
            return Ending.NOT_FOLLOWED;
        }
    }
}
