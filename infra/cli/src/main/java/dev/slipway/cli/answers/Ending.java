package dev.slipway.cli.answers;

import dev.slipway.cli.drop.Planned;
import dev.slipway.cli.drop.Upload;
import dev.slipway.cli.terminal.Problem;
import java.time.Duration;
import java.util.List;
import java.util.Locale;

/** What came of one of a command's drops. */
public sealed interface Ending {
    /** All are live or unchanged, or dropped without waiting. */
    int WELL = 0;

    /** One at least has another outcome, or was not dropped. */
    int OTHER_OUTCOME = 1;

    /** One at least was not followed to its end; the others are well. */
    int NOT_FOLLOWED = 3;

    /** Which it was. */
    Planned planned();

    /** In a word or two, as people count them. */
    String kind();

    /** The command's exit code, if it were the only one. */
    int exitCode();

    /** It was followed. */
    record Followed(Planned planned, Upload upload, Follow.End end, Duration took)
            implements Ending {
        @Override
        public String kind() {
            return switch (end) {
                case Follow.End.Finished(var answer) ->
                        AnswerText.name(answer.state(), answer.outcome());
                case Follow.End.Overwritten _ -> "overwritten";
                case Follow.End.StillGoing _ -> "still going";
                case Follow.End.Lost _ -> "lost from sight";
            };
        }

        @Override
        public int exitCode() {
            return end.exitCode();
        }
    }

    /** It was dropped and nobody wanted to wait for more. */
    record Dropped(Planned planned, Upload upload) implements Ending {
        @Override
        public String kind() {
            return "dropped";
        }

        @Override
        public int exitCode() {
            return WELL;
        }
    }

    /** It never came into the bucket. */
    record NotDropped(Planned planned, Problem problem) implements Ending {
        @Override
        public String kind() {
            return "not dropped";
        }

        @Override
        public int exitCode() {
            return OTHER_OUTCOME;
        }
    }

    /** The exit code of all together: another outcome counts for more than one not known. */
    static int exitCode(List<Ending> endings) {
        List<Integer> codes = endings.stream().map(Ending::exitCode).toList();
        if (codes.contains(OTHER_OUTCOME)) {
            return OTHER_OUTCOME;
        }
        return codes.contains(NOT_FOLLOWED) ? NOT_FOLLOWED : WELL;
    }

    /** The outcome as JSON names it: {@code LIVE}, {@code NOT_DROPPED}. */
    default String code() {
        return kind().toUpperCase(Locale.ROOT).replace(' ', '_');
    }
}
