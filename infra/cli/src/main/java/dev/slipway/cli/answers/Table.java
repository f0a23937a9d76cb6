package dev.slipway.cli.answers;

import dev.slipway.cli.services.Deployed;
import dev.slipway.cli.terminal.Columns;
import dev.slipway.cli.terminal.Elapsed;
import dev.slipway.contracts.Answer;
import dev.slipway.contracts.Shown;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** Deployments as a table. */
public final class Table {
    private Table() {}

    /** One line for each answer below a heading; one sentence where there is none. */
    public static List<String> of(List<Answer> answers, Deployed deployed, Instant now) {
        if (answers.isEmpty()) {
            return List.of("nothing was dropped yet; try ./slipway drop infra/samples/hello-node");
        }
        List<List<String>> rows = new ArrayList<>();
        rows.add(List.of("SERVICE", "REGION", "STATE", "AGE", "URL"));
        answers.forEach(answer -> rows.add(row(answer, now)));
        return noted(rows, answers, deployed);
    }

    /** Services: where each answers, its newest deployment, how that ended, and since when. */
    public static List<String> ofServices(List<Answer> answers, Deployed deployed, Instant now) {
        if (answers.isEmpty()) {
            return of(answers, deployed, now);
        }
        List<List<String>> rows = new ArrayList<>();
        rows.add(List.of("SERVICE", "REGION", "URL", "DEPLOYMENT", "OUTCOME", "SINCE"));
        for (Answer answer : answers) {
            List<String> row = row(answer, now);
            rows.add(
                    List.of(
                            row.get(0),
                            row.get(1),
                            row.get(4),
                            Shown.of(answer.deployment()),
                            row.get(2),
                            row.get(3)));
        }
        return noted(rows, answers, deployed);
    }

    /** A last column, where there is anything to note. */
    private static List<String> noted(
            List<List<String>> rows, List<Answer> answers, Deployed deployed) {
        List<String> notes = new ArrayList<>(List.of("NOTE"));
        answers.forEach(answer -> notes.add(deployed.note(answer).orElse("")));
        if (notes.stream().skip(1).allMatch(String::isEmpty)) {
            return Columns.of(rows);
        }
        return Columns.of(
                IntStream.range(0, rows.size())
                        .mapToObj(
                                row ->
                                        Stream.concat(
                                                        rows.get(row).stream(),
                                                        Stream.of(notes.get(row)))
                                                .toList())
                        .toList());
    }

    /** Deployments under way. */
    public static List<String> ofOpen(List<OpenDeployment> open, Instant now) {
        if (open.isEmpty()) {
            return List.of("nothing is under way");
        }
        List<List<String>> rows = new ArrayList<>();
        rows.add(List.of("DEPLOYMENT", "SERVICE", "REGION", "STAGE", "FOR", "AGE", "WAITS FOR"));
        for (OpenDeployment each : open) {
            rows.add(
                    List.of(
                            each.deployment(),
                            shown(each.service() == null ? each.object() : each.service()),
                            shown(each.region()),
                            shown(each.stage()),
                            ago(each.since(), now),
                            ago(each.dropped(), now),
                            shown(each.waitingFor())));
        }
        return Columns.of(rows);
    }

    private static String shown(@Nullable String text) {
        return text == null ? "-" : Shown.of(text);
    }

    private static String ago(@Nullable Instant then, Instant now) {
        return then == null ? "-" : Elapsed.roughly(Duration.between(then, now));
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
