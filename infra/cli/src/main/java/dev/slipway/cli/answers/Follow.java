package dev.slipway.cli.answers;

import dev.slipway.cli.drop.Upload;
import dev.slipway.cli.terminal.Elapsed;
import dev.slipway.cli.terminal.Terminal;
import dev.slipway.contracts.Answer;
import dev.slipway.contracts.Answer.State;
import dev.slipway.contracts.Answer.Step;
import dev.slipway.contracts.Shown;
import dev.slipway.ledger.Pause;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.EnumSet;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** Follows one drop by its answer, and by that alone, until it has an outcome. */
public final class Follow {
    private static final Duration BETWEEN_LOOKS = Duration.ofMillis(200);
    private static final Duration SILENCE = Duration.ofSeconds(20);
    private static final String SPINNER = "|/-\\";

    private final Upload upload;
    private final AnswerSource answers;
    private final Supplier<String> whoIsSilent;
    private final Terminal terminal;
    private final InstantSource clock;
    private final Pause pause;
    private final Set<State> told = EnumSet.of(State.RECEIVED); // the upload was told
    private String now = "uploaded";
    private @Nullable String toldWaiting;

    /**
     * @param whoIsSilent what to say when nobody has answered for a while
     */
    public Follow(
            Upload upload,
            AnswerSource answers,
            Supplier<String> whoIsSilent,
            Terminal terminal,
            InstantSource clock,
            Pause pause) {
        this.upload = upload;
        this.answers = answers;
        this.whoIsSilent = whoIsSilent;
        this.terminal = terminal;
        this.clock = clock;
        this.pause = pause;
    }

    /** How it ended. */
    public sealed interface End {
        /** The drop has an outcome. */
        record Finished(Answer answer) implements End {}

        /** A newer generation of the same object is answered in its place. */
        record Overwritten(Answer newer) implements End {}

        /** Nothing was heard for too long; the deployment goes on. */
        record StillGoing() implements End {}
    }

    /** Tells each stage once; gives up following when nothing new came for {@code timeout}. */
    public End untilDone(Duration timeout) {
        Instant began = clock.instant();
        Instant heard = began;
        boolean silenceTold = false;
        for (int look = 0; ; look++) {
            Optional<Answer> news = answers.news();
            if (news.isPresent()) {
                Optional<End> end = hear(news.get());
                if (end.isPresent()) {
                    terminal.clear();
                    return end.get();
                }
                heard = clock.instant();
            }
            Duration silent = Duration.between(heard, clock.instant());
            if (silent.compareTo(timeout) > 0) {
                terminal.clear();
                return new End.StillGoing();
            }
            if (!silenceTold && heard.equals(began) && silent.compareTo(SILENCE) > 0) {
                terminal.line("no answer yet: " + whoIsSilent.get());
                silenceTold = true;
            }
            spin(look);
            pause.pause(BETWEEN_LOOKS);
        }
    }

    private void spin(int look) {
        Duration elapsed = Duration.between(upload.createdAt(), clock.instant());
        terminal.progress(
                SPINNER.charAt(look % SPINNER.length()) + " " + now + "  " + Elapsed.of(elapsed));
    }

    private Optional<End> hear(Answer answer) {
        int newer = compareGenerations(answer.generation());
        if (newer < 0) {
            return Optional.empty();
        }
        if (newer > 0) {
            return Optional.of(new End.Overwritten(answer));
        }
        answer.steps().stream()
                .filter(step -> told.add(step.state()))
                .forEach(s -> tell(s, answer));
        tellWaiting(answer.waitingFor());
        now = Optional.ofNullable(toldWaiting).orElse(AnswerText.name(answer.state(), null));
        return answer.outcome() == null ? Optional.empty() : Optional.of(new End.Finished(answer));
    }

    private int compareGenerations(String other) {
        try {
            return Long.compare(Long.parseLong(other), upload.generation());
        } catch (NumberFormatException _) {
            return -1; // somebody's own file
        }
    }

    private void tell(Step step, Answer answer) {
        String name = AnswerText.name(step.state(), answer.outcome());
        boolean bad =
                step.state() == State.DONE
                        && answer.outcome() != null
                        && !answer.outcome().succeeded();
        String line = AnswerText.stage(name, Duration.between(upload.createdAt(), step.at()));
        terminal.line(
                bad ? terminal.bad(line) : step.state() == State.DONE ? terminal.good(line) : line);
    }

    private void tellWaiting(@Nullable String cause) {
        String waiting = cause == null ? null : "waiting for " + Shown.of(cause);
        if (waiting != null && !Objects.equals(waiting, toldWaiting)) {
            terminal.line(waiting);
        }
        toldWaiting = waiting;
    }
}
