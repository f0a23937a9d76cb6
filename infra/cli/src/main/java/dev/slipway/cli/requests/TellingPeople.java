package dev.slipway.cli.requests;

import dev.slipway.cli.answers.AnswerText;
import dev.slipway.cli.answers.Follow;
import dev.slipway.cli.answers.TellingOne;
import dev.slipway.cli.terminal.Terminal;
import dev.slipway.contracts.Answer;
import dev.slipway.contracts.Answer.Step;
import dev.slipway.contracts.RequestAnswer;
import java.time.Duration;
import java.util.Locale;

/** A line for what was asked, one for its end, and what to do now; of a deployment its stages. */
public final class TellingPeople implements TellingRequest {
    private final Terminal terminal;

    /** Tells it there. */
    public TellingPeople(Terminal terminal) {
        this.terminal = terminal;
    }

    @Override
    public FollowRequest.Listener asked(Asked asked) {
        terminal.line(RequestText.asked(asked));
        return new Lines(new TellingOne(terminal).listener(asked.object()));
    }

    private record Lines(Follow.Listener deployment) implements FollowRequest.Listener {
        @Override
        public void news(RequestAnswer answer) {
            // what it waits for is remarked, its end told
        }

        @Override
        public void news(Answer answer) {
            deployment.news(answer);
        }

        @Override
        public void reached(Step step, Answer answer) {
            deployment.reached(step, answer);
        }

        @Override
        public void remark(String text) {
            deployment.remark(text);
        }

        @Override
        public void looked(String now, Duration since) {
            deployment.looked(now, since);
        }
    }

    @Override
    public void left(Asked asked) {
        terminal.line(RequestText.unfinished(asked, "not waited for"));
    }

    @Override
    public void ended(Asked asked, RequestEnd end, Duration took) {
        terminal.clear();
        String service = asked.service().service().value();
        switch (end) {
            case RequestEnd.Answered(var answer) -> {
                String line = AnswerText.stage(name(answer), took);
                terminal.line(end.exitCode() == 0 ? terminal.good(line) : terminal.bad(line));
                terminal.line("");
                RequestText.ending(asked, answer).forEach(terminal::line);
            }
            case RequestEnd.Deployed(Follow.End.Finished(var answer)) -> {
                terminal.line("");
                AnswerText.ending(answer).forEach(terminal::line);
            }
            case RequestEnd.Deployed(var other) ->
                    terminal.line(AnswerText.unfinished(other, service));
            case RequestEnd.StillGoing(var silence) ->
                    terminal.line(RequestText.unfinished(asked, silent(silence)));
            case RequestEnd.Lost(var why) -> terminal.line(RequestText.unfinished(asked, why));
        }
    }

    static String silent(Duration silence) {
        return "nothing new was heard for " + silence.toSeconds() + " s";
    }

    private static String name(RequestAnswer answer) {
        return String.valueOf(answer.outcome()).toLowerCase(Locale.ROOT);
    }
}
