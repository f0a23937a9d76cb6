package dev.slipway.cli.demo;

import dev.slipway.cli.answers.AnswerText;
import dev.slipway.cli.terminal.Columns;
import dev.slipway.cli.terminal.Elapsed;
import dev.slipway.contracts.Answer;
import dev.slipway.contracts.Answer.State;
import dev.slipway.contracts.Answer.Step;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** How long each service took in each stage, as its answer says. */
public final class StageTimes {
    private StageTimes() {}

    /** A table: one line a service below a heading. */
    public static List<String> of(List<Answer> answers, List<Proof> proofs) {
        List<List<String>> rows = new ArrayList<>();
        rows.add(
                List.of(
                        "SERVICE",
                        "OUTCOME",
                        "VERIFY",
                        "BUILD",
                        "DEPLOY",
                        "TOTAL",
                        "FIRST ANSWER"));
        for (Answer answer : answers) {
            rows.add(row(answer, proofs));
        }
        return Columns.of(rows);
    }

    private static List<String> row(Answer answer, List<Proof> proofs) {
        Optional<Instant> received = at(answer, State.RECEIVED);
        Optional<Instant> verified = at(answer, State.VERIFIED);
        Optional<Instant> built = at(answer, State.BUILT);
        Optional<Instant> done = at(answer, State.DONE);
        String service = String.valueOf(answer.service());
        return List.of(
                service,
                AnswerText.name(answer.state(), answer.outcome()),
                between(received, verified),
                between(verified, built),
                between(built, done),
                between(received, done),
                proofs.stream()
                        .filter(proof -> proof.service().equals(service))
                        .map(proof -> Elapsed.of(proof.after()))
                        .findFirst()
                        .orElse("-"));
    }

    private static Optional<Instant> at(Answer answer, State state) {
        return answer.steps().stream()
                .filter(step -> step.state() == state)
                .map(Step::at)
                .findFirst();
    }

    private static String between(Optional<Instant> from, Optional<Instant> to) {
        return from.flatMap(begin -> to.map(end -> Elapsed.of(Duration.between(begin, end))))
                .orElse("-");
    }
}
