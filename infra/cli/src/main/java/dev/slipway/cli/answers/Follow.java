package dev.slipway.cli.answers;

import dev.slipway.cli.drop.Upload;
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
import org.jspecify.annotations.Nullable;

/** Follows one drop by its answer, and by that alone, until it has an outcome. */
public final class Follow {
    /** How often one answer is looked at where nothing else is. */
    public static final Duration BETWEEN_LOOKS = Duration.ofMillis(200);

    private static final int EIGHTH = 8;

    private static final Duration SILENCE = Duration.ofSeconds(20);

    private final Upload upload;
    private final AnswerSource answers;
    private final Surroundings surroundings;
    private final Listener listener;
    private final Duration betweenLooks;
    private final InstantSource clock;
    private final Pause pause;
    private final Set<State> told = EnumSet.of(State.RECEIVED); // the upload was told
    private String now = "uploaded";
    private @Nullable String toldWaiting;
    private @Nullable String toldMissing;

    /** Follows {@code upload}, looking at least once every {@code betweenLooks}. */
    public Follow(
            Upload upload,
            AnswerSource answers,
            Surroundings surroundings,
            Listener listener,
            Duration betweenLooks,
            InstantSource clock,
            Pause pause) {
        this.upload = upload;
        this.answers = answers;
        this.surroundings = surroundings;
        this.listener = listener;
        this.betweenLooks = betweenLooks;
        this.clock = clock;
        this.pause = pause;
    }

    /** Hears what is new, each once. */
    public interface Listener {
        /** The answer changed. */
        void news(Answer answer);

        /** A state was reached. */
        void reached(Step step, Answer answer);

        /** Something that is worth a line: what it waits for, who is missing. */
        void remark(String text);

        /** It was looked at again; {@code now} is where it is. */
        void looked(String now, Duration sinceUpload);
    }

    /** How it ended. */
    public sealed interface End {
        /** The drop has an outcome. */
        record Finished(Answer answer) implements End {}

        /** A newer generation of the same object is answered in its place. */
        record Overwritten(Answer newer) implements End {}

        /** Nothing new was heard for so long; the deployment goes on. */
        record StillGoing(Duration silence) implements End {}

        /** No answer can be read any more. */
        record Lost(String why) implements End {}
    }

    /** Tells each stage once; gives up following when nothing new came for {@code timeout}. */
    public End untilDone(Duration timeout) {
        Instant began = clock.instant();
        Instant heard = began;
        boolean silenceTold = false;
        while (true) {
            Optional<Answer> news = answers.news();
            if (news.isPresent()) {
                Optional<End> end = hear(news.get());
                if (end.isPresent()) {
                    return end.get();
                }
                heard = clock.instant();
            }
            Optional<String> lost = surroundings.lost();
            if (lost.isPresent()) {
                return new End.Lost(lost.get());
            }
            tellMissing(surroundings.missing().orElse(null));
            Duration silent = Duration.between(heard, clock.instant());
            if (silent.compareTo(timeout) > 0) {
                return new End.StillGoing(timeout);
            }
            if (!silenceTold && heard.equals(began) && silent.compareTo(SILENCE) > 0) {
                listener.remark("no answer yet: " + surroundings.silent());
                silenceTold = true;
            }
            listener.looked(now, Duration.between(upload.createdAt(), clock.instant()));
            pause.pause(pauseAfter(silent));
        }
    }

    /** News come close together: soon after some, more are looked for eight times as often. */
    private Duration pauseAfter(Duration silent) {
        Duration shortest = betweenLooks.dividedBy(EIGHTH);
        Duration part = silent.dividedBy(EIGHTH);
        Duration next = part.compareTo(shortest) < 0 ? shortest : part;
        return next.compareTo(betweenLooks) < 0 ? next : betweenLooks;
    }

    private Optional<End> hear(Answer answer) {
        int newer = compareGenerations(answer.generation());
        if (newer < 0) {
            return Optional.empty();
        }
        if (newer > 0) {
            return Optional.of(new End.Overwritten(answer));
        }
        listener.news(answer);
        answer.steps().stream()
                .filter(step -> told.add(step.state()))
                .forEach(step -> listener.reached(step, answer));
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

    private void tellWaiting(@Nullable String cause) {
        String waiting = cause == null ? null : "waiting for " + Shown.of(cause);
        if (waiting != null && !Objects.equals(waiting, toldWaiting)) {
            listener.remark(waiting);
        }
        toldWaiting = waiting;
    }

    private void tellMissing(@Nullable String missing) {
        if (missing != null && !Objects.equals(missing, toldMissing)) {
            listener.remark(missing);
        }
        toldMissing = missing;
    }
}
