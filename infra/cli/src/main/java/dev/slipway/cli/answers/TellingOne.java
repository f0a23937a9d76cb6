package dev.slipway.cli.answers;

import dev.slipway.cli.drop.Planned;
import dev.slipway.cli.drop.Upload;
import dev.slipway.cli.terminal.Elapsed;
import dev.slipway.cli.terminal.Terminal;
import dev.slipway.contracts.Answer;
import dev.slipway.contracts.Answer.Step;
import dev.slipway.contracts.Shown;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

/** Tells people of one drop: a line a stage, and at its end what to do now. */
public final class TellingOne implements Telling {
    private static final String SPINNER = "|/-\\";

    private final Terminal terminal;

    /** Tells it there. */
    public TellingOne(Terminal terminal) {
        this.terminal = terminal;
    }

    @Override
    public void packed(Planned planned, int files) {
        terminal.line("packed " + planned.source().path() + " (" + files + " files)");
    }

    @Override
    public Follow.Listener uploaded(Planned planned, Upload upload) {
        terminal.line("uploaded " + upload.uri() + " as deployment " + upload.deployment());
        return listener(upload);
    }

    /** Who hears how the deployment of this object goes. */
    public Follow.Listener listener(Upload upload) {
        return new Lines(upload);
    }

    private final class Lines implements Follow.Listener {
        private final Upload upload;
        private int looks;

        Lines(Upload upload) {
            this.upload = upload;
        }

        @Override
        public void news(Answer answer) {
            // its steps and its end are told
        }

        @Override
        public void reached(Step step, Answer answer) {
            String name = AnswerText.name(step.state(), answer.outcome());
            String line = AnswerText.stage(name, Duration.between(upload.createdAt(), step.at()));
            terminal.line(
                    switch (step.state()) {
                        case DONE -> verdict(answer, line);
                        case VERIFIED -> line + changed(answer);
                        case RECEIVED, BUILDING, BUILT, DEPLOYING -> line;
                    });
        }

        private static String changed(Answer answer) {
            return Optional.ofNullable(answer.archive())
                    .flatMap(ArchiveText::changed)
                    .map(changes -> "  " + changes)
                    .orElse("");
        }

        private String verdict(Answer answer, String line) {
            boolean good = answer.outcome() == null || answer.outcome().succeeded();
            return good ? terminal.good(line) : terminal.bad(line);
        }

        @Override
        public void remark(String text) {
            terminal.line(text);
        }

        @Override
        public void looked(String now, Duration sinceUpload) {
            char spin = SPINNER.charAt(looks % SPINNER.length());
            looks++;
            terminal.progress(spin + " " + now + "  " + Elapsed.of(sinceUpload));
        }
    }

    @Override
    public void ended(Ending ending) {
        terminal.clear();
        switch (ending) {
            case Ending.Followed(var planned, _, Follow.End.Finished(var answer), _) -> {
                terminal.line("");
                AnswerText.ending(answer).forEach(terminal::line);
            }
            case Ending.Followed(var planned, _, var end, _) ->
                    terminal.line(AnswerText.unfinished(end, planned.name()));
            case Ending.Dropped(var planned, _) ->
                    terminal.line(
                            "its answer will stand beside it: ./slipway status "
                                    + planned.name()
                                    + " tells where it is");
            case Ending.NotDropped(_, var problem) -> terminal.line(Shown.of(problem.message()));
        }
    }

    @Override
    public void summary(List<Ending> endings, Duration took) {
        // all is said of one
    }
}
