package dev.slipway.cli.answers;

import dev.slipway.cli.drop.Planned;
import dev.slipway.cli.drop.Upload;
import dev.slipway.cli.terminal.Elapsed;
import dev.slipway.cli.terminal.Terminal;
import dev.slipway.contracts.Answer;
import dev.slipway.contracts.Answer.State;
import dev.slipway.contracts.Answer.Step;
import dev.slipway.contracts.Shown;
import java.time.Duration;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * Tells people of many drops. On a terminal each has one line that changes until it ends; in a pipe
 * every change is a line that starts with the service's name.
 */
public final class TellingMany implements Telling {
    private static final int MOST_OPEN_SHOWN = 15;
    private static final int STATE_WIDTH = 12;

    private final Terminal terminal;
    private final int nameWidth;
    private final Map<String, String> open = new LinkedHashMap<>();

    /** Tells of these there. */
    public TellingMany(Terminal terminal, List<Planned> all) {
        this.terminal = terminal;
        this.nameWidth = all.stream().mapToInt(one -> one.name().length()).max().orElse(0);
        all.forEach(one -> open.put(one.name(), line(one, "waits", "")));
    }

    private String line(Planned planned, String state, String rest) {
        String name = planned.name();
        return (name
                        + " ".repeat(nameWidth - name.length() + 2)
                        + state
                        + " ".repeat(Math.max(1, STATE_WIDTH - state.length()))
                        + rest)
                .stripTrailing();
    }

    private static String after(Duration elapsed) {
        return String.format(Locale.ROOT, "%9s", Elapsed.of(elapsed));
    }

    @Override
    public void packed(Planned planned, int files) {
        show(planned, line(planned, "packed", files + " files"));
    }

    @Override
    public Follow.Listener uploaded(Planned planned, Upload upload) {
        change(planned, line(planned, "uploaded", after(Duration.ZERO)));
        return new Lines(planned, upload);
    }

    /** What is told in a pipe, and shown on a terminal. */
    private void change(Planned planned, String line) {
        if (terminal.live()) {
            show(planned, line);
        } else {
            terminal.line(line);
        }
    }

    private synchronized void show(Planned planned, String line) {
        open.replace(planned.name(), line);
        List<String> shown = open.values().stream().limit(MOST_OPEN_SHOWN).toList();
        int more = open.size() - shown.size();
        terminal.progress(
                more == 0
                        ? shown
                        : Stream.concat(shown.stream(), Stream.of("and " + more + " more"))
                                .toList());
    }

    private final class Lines implements Follow.Listener {
        private final Planned planned;
        private final Upload upload;

        Lines(Planned planned, Upload upload) {
            this.planned = planned;
            this.upload = upload;
        }

        @Override
        public void news(Answer answer) {
            // its steps and its end are told
        }

        @Override
        public void reached(Step step, Answer answer) {
            if (step.state() != State.DONE) {
                Duration elapsed = Duration.between(upload.createdAt(), step.at());
                String name = AnswerText.name(step.state(), null);
                change(planned, line(planned, name, after(elapsed)));
            }
        }

        @Override
        public void remark(String text) {
            terminal.line(line(planned, text, ""));
        }

        @Override
        public void looked(String now, Duration sinceUpload) {
            show(planned, line(planned, now, after(sinceUpload)));
        }
    }

    @Override
    public synchronized void ended(Ending ending) {
        open.remove(ending.planned().name());
        String line =
                switch (ending) {
                    case Ending.Followed(
                                    var planned,
                                    _,
                                    Follow.End.Finished(var answer),
                                    var took) ->
                            line(planned, ending.kind(), after(took) + url(answer));
                    case Ending.Followed(var planned, _, _, var took) ->
                            line(planned, ending.kind(), after(took));
                    case Ending.Dropped(var planned, var upload) ->
                            line(planned, ending.kind(), upload.uri());
                    case Ending.NotDropped(var planned, var problem) ->
                            line(planned, ending.kind(), Shown.of(problem.message()));
                };
        terminal.line(ending.exitCode() == Ending.WELL ? terminal.good(line) : terminal.bad(line));
    }

    private static String url(Answer answer) {
        return answer.url() == null || answer.outcome() == null || !answer.outcome().succeeded()
                ? ""
                : "  " + Shown.of(answer.url());
    }

    @Override
    public void summary(List<Ending> endings, Duration took) {
        terminal.clear();
        terminal.line("");
        terminal.line(endings.size() + " drops in " + Elapsed.of(took) + ": " + counts(endings));
        slowest(endings).ifPresent(terminal::line);
        endings.stream()
                .filter(ending -> ending.exitCode() != Ending.WELL)
                .forEach(ending -> details(ending).forEach(terminal::line));
    }

    private static String counts(List<Ending> endings) {
        return endings.stream()
                .collect(
                        Collectors.groupingBy(
                                Ending::kind, LinkedHashMap::new, Collectors.counting()))
                .entrySet()
                .stream()
                .map(kind -> kind.getValue() + " " + kind.getKey())
                .collect(Collectors.joining(", "));
    }

    private static Optional<String> slowest(List<Ending> endings) {
        return endings.stream()
                .filter(Ending.Followed.class::isInstance)
                .map(Ending.Followed.class::cast)
                .max(Comparator.comparing(Ending.Followed::took))
                .map(it -> "slowest: " + it.planned().name() + ", " + Elapsed.of(it.took()));
    }

    private static List<String> details(Ending ending) {
        List<String> lines =
                switch (ending) {
                    case Ending.Followed(_, _, Follow.End.Finished(var answer), _) ->
                            AnswerText.ending(answer);
                    case Ending.Followed(var planned, _, var end, _) ->
                            List.of(
                                    planned.name()
                                            + ": "
                                            + AnswerText.unfinished(end, planned.name()));
                    case Ending.Dropped _ -> List.of();
                    case Ending.NotDropped(var planned, var problem) ->
                            List.of(
                                    planned.name() + " was not dropped",
                                    "  " + Shown.of(problem.message(), 500),
                                    "  " + problem.nextStep());
                };
        return Stream.concat(Stream.of(""), lines.stream()).toList();
    }
}
