package dev.slipway.cli.answers;

import dev.slipway.cli.terminal.Elapsed;
import dev.slipway.contracts.Answer;
import dev.slipway.contracts.Answer.State;
import dev.slipway.contracts.Answer.Step;
import dev.slipway.contracts.Outcome;
import dev.slipway.contracts.Reason;
import dev.slipway.contracts.Shown;
import dev.slipway.contracts.Turn;
import dev.slipway.contracts.Verdict;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Answers in words. */
public final class AnswerText {
    private static final int STAGE_WIDTH = 10;
    private static final int LONGEST_MESSAGE = 2000;
    private static final int LONGEST_LINE = 500;

    private AnswerText() {}

    /** One stage and when it was reached. */
    public static String stage(String stage, Duration elapsed) {
        return stage
                + " ".repeat(Math.max(1, STAGE_WIDTH - stage.length()))
                + String.format(Locale.ROOT, "%9s", Elapsed.of(elapsed));
    }

    /** What a state is called here: the last one by its outcome. */
    public static String name(State state, @Nullable Outcome outcome) {
        return state == State.DONE && outcome != null ? lower(outcome.name()) : lower(state.name());
    }

    private static String lower(String name) {
        return name.toLowerCase(Locale.ROOT);
    }

    /** How a deployment ended, and what to do now. */
    public static List<String> ending(Answer answer) {
        List<String> lines = new ArrayList<>();
        lines.add(headline(answer));
        if (answer.outcome() == null || !answer.outcome().succeeded()) {
            lines.addAll(explanation(answer));
        } else if (answer.url() != null) {
            lines.add("  curl " + Shown.of(answer.url(), LONGEST_LINE));
        }
        return lines;
    }

    /** Why a drop was not followed to an outcome of its own, and how to look after it. */
    public static String unfinished(Follow.End end, String service) {
        return switch (end) {
            case Follow.End.Finished(Answer answer) -> headline(answer);
            case Follow.End.Overwritten(Answer newer) ->
                    "a newer drop of " + Shown.of(newer.object()) + " took this one's place";
            case Follow.End.StillGoing(Duration silence) ->
                    goesOn("nothing new was heard for " + silence.toSeconds() + " s", service);
            case Follow.End.Lost(String why) ->
                    why + "; then ./slipway status " + service + " tells where it is";
        };
    }

    /** That it goes on without anybody looking. */
    public static String goesOn(String why, String service) {
        return why + "; the deployment goes on: ./slipway status " + service + " tells where it is";
    }

    private static String headline(Answer answer) {
        String who =
                Shown.of(Optional.ofNullable(answer.service()).orElse(answer.object()))
                        + (answer.region() == null ? "" : " in " + Shown.of(answer.region()));
        String url = answer.url() == null ? "" : " at " + Shown.of(answer.url(), LONGEST_LINE);
        if (answer.outcome() == null) {
            return who + " is " + lower(answer.state().name());
        }
        return switch (answer.outcome()) {
            case LIVE -> who + " is live" + url;
            case UNCHANGED -> who + " is unchanged and live" + url;
            case SUPERSEDED -> who + " was superseded";
            case REJECTED -> who + " was rejected";
            case FAILED -> who + " failed";
            case CANCELLED -> who + " was cancelled";
        };
    }

    private static List<String> explanation(Answer answer) {
        List<String> lines = new ArrayList<>();
        lines.add(
                "  "
                        + Optional.ofNullable(answer.message())
                                .map(message -> Shown.of(message, LONGEST_MESSAGE))
                                .orElse("no message"));
        place(answer.entry(), answer.line(), answer.field()).ifPresent(lines::add);
        if (answer.reason() != null) {
            lines.add(reason(answer.reason()));
        }
        if (!answer.logTail().isEmpty()) {
            lines.add("  the log's last lines:");
            answer.logTail().forEach(line -> lines.add("  | " + Shown.of(line, LONGEST_LINE)));
        }
        if (answer.logUrl() != null) {
            lines.add("  whole log: " + Shown.of(answer.logUrl(), LONGEST_LINE));
        }
        if (answer.nextStep() != null) {
            lines.add(nextStep(answer.turn(), answer.nextStep()));
        }
        return lines;
    }

    /** Why a drop is rejected, and what to do now, as the end of its deployment tells it. */
    public static List<String> rejection(Verdict verdict) {
        List<String> lines = new ArrayList<>();
        lines.add("  " + verdict.message());
        place(verdict.entry(), verdict.line(), verdict.field()).ifPresent(lines::add);
        lines.add(reason(verdict.reason()));
        lines.add(nextStep(verdict.reason().turn(), verdict.reason().nextStep()));
        return lines;
    }

    private static String reason(Reason reason) {
        return "  reason: " + reason;
    }

    private static String nextStep(@Nullable Turn turn, String sentence) {
        return "  " + turn(turn) + Shown.of(sentence, LONGEST_LINE);
    }

    private static Optional<String> place(
            @Nullable String entry, @Nullable Integer line, @Nullable String field) {
        List<String> parts = new ArrayList<>();
        if (entry != null) {
            parts.add("entry " + Shown.of(entry));
        }
        if (line != null) {
            parts.add("line " + line);
        }
        if (field != null) {
            parts.add("field " + Shown.of(field));
        }
        return parts.isEmpty() ? Optional.empty() : Optional.of("  at " + String.join(", ", parts));
    }

    /** Whose turn it is, to stand before the next step. */
    public static String turn(@Nullable Turn turn) {
        return switch (turn) {
            case null -> "";
            case NOBODY -> "nobody's turn: ";
            case YOU -> "your turn: ";
            case OPERATOR -> "your operator's turn: ";
            case PLATFORM -> "the platform's turn: ";
        };
    }

    /** Everything an answer says. */
    public static List<String> details(Answer answer) {
        List<String> lines = new ArrayList<>();
        String found =
                Optional.ofNullable(answer.archive())
                        .map(archive -> " (" + ArchiveText.of(archive) + ")")
                        .orElse("");
        lines.add("deployment " + Shown.of(answer.deployment()) + " of " + dropped(answer) + found);
        Instant start = answer.steps().isEmpty() ? Instant.EPOCH : answer.steps().getFirst().at();
        for (Step step : answer.steps()) {
            lines.add(
                    stage(
                            name(step.state(), answer.outcome()),
                            Duration.between(start, step.at())));
        }
        if (answer.waitingFor() != null) {
            lines.add("waiting for " + Shown.of(answer.waitingFor()));
        }
        lines.addAll(ending(answer));
        return lines;
    }

    private static String dropped(Answer answer) {
        return Shown.of(answer.object()) + "#" + Shown.of(answer.generation());
    }
}
