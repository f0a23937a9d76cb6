package dev.slipway.cli.answers;

import dev.slipway.cli.terminal.Columns;
import dev.slipway.cli.terminal.Elapsed;
import dev.slipway.contracts.Answer;
import dev.slipway.contracts.Shown;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Deployments as a table. */
public final class Table {
    private Table() {}

    /** One line for each answer below a heading; one sentence where there is none. */
    public static List<String> of(List<Answer> answers, Instant now) {
        if (answers.isEmpty()) {
            return List.of("nothing was dropped yet; try ./slipway drop infra/samples/hello-node");
        }
        List<List<String>> rows = new ArrayList<>();
        rows.add(List.of("SERVICE", "REGION", "STATE", "AGE", "URL"));
        answers.forEach(answer -> rows.add(row(answer, now)));
        return Columns.of(rows);
    }

    private static List<String> row(Answer answer, Instant now) {
        return List.of(
                Shown.of(Optional.ofNullable(answer.service()).orElse(answer.object())),
                Shown.of(Optional.ofNullable(answer.region()).orElse("-")),
                AnswerText.name(answer.state(), answer.outcome()),
                answer.steps().isEmpty()
                        ? "-"
                        : Elapsed.roughly(Duration.between(answer.steps().getLast().at(), now)),
                Shown.of(Optional.ofNullable(answer.url()).orElse("-")));
    }
}
