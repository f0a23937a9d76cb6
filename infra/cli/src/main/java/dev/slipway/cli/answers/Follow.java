package dev.slipway.cli.answers;

import dev.slipway.cli.drop.Upload;
import dev.slipway.contracts.Answer;
import dev.slipway.contracts.Answer.State;
import dev.slipway.contracts.Answer.Step;
import dev.slipway.contracts.Shown;
import java.time.Duration;
import java.util.EnumSet;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Follows one drop by its answer, and by that alone, until it has an outcome. */
public final class Follow implements Looking.Hearer<Answer, Follow.End> {
    private final Upload upload;
    private final Listener listener;
    private final Pace pace;
    private final Set<State> told = EnumSet.of(State.RECEIVED); // the upload was told
    private State reached = State.RECEIVED;
    private String now = "uploaded";
    private @Nullable String toldWaiting;

    /** Follows {@code upload} and tells {@code listener} of it. */
    public Follow(Upload upload, Listener listener, Pace pace) {
        this.upload = upload;
        this.listener = listener;
        this.pace = pace;
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
        /** The command's exit code, if it were the only one. */
        default int exitCode() {
            return switch (this) {
                case Finished(var answer) ->
                        answer.outcome() != null && answer.outcome().succeeded()
                                ? Ending.WELL
                                : Ending.OTHER_OUTCOME;
                case Overwritten _ -> Ending.OTHER_OUTCOME;
                case StillGoing _, Lost _ -> Ending.NOT_FOLLOWED;
            };
        }

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
    public End untilDone(AnswerSource answers, Surroundings surroundings, Duration timeout) {
        return new Looking<>(answers::news, surroundings, this, pace).untilDone(timeout);
    }

    @Override
    public Optional<End> heard(Answer answer) {
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
        reached = answer.state();
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

    @Override
    public End lost(String why) {
        return new End.Lost(why);
    }

    @Override
    public End stillGoing(Duration silence) {
        return new End.StillGoing(silence);
    }

    @Override
    public String stage() {
        return switch (reached) {
            case RECEIVED -> "upload";
            case VERIFIED, BUILDING -> "build";
            case BUILT, DEPLOYING, DONE -> "deploy";
        };
    }

    @Override
    public String brought() {
        return "the archive";
    }

    @Override
    public void remark(String text) {
        listener.remark(text);
    }

    @Override
    public void looked() {
        listener.looked(now, Duration.between(upload.createdAt(), pace.clock().instant()));
    }
}
