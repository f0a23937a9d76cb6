package dev.slipway.cli.answers;

import dev.slipway.cli.drop.Planned;
import dev.slipway.cli.drop.Upload;
import dev.slipway.contracts.Answer;
import dev.slipway.contracts.Answer.Step;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Consumer;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * Tells programs: the drop, then its answer as it stands in the bucket each time that it changes.
 * The last line of one drop is its final answer; many have a line of counts behind them all.
 */
public final class TellingPrograms implements Telling {
    private final Consumer<Object> documents;

    /** Gives each document to {@code documents}. */
    public TellingPrograms(Consumer<Object> documents) {
        this.documents = documents;
    }

    /** A drop before anybody answered. */
    record Uploaded(
            String state,
            String deployment,
            String service,
            String bucket,
            String object,
            String generation) {
        static Uploaded of(Planned planned, Upload upload) {
            return new Uploaded(
                    "UPLOADED",
                    upload.deployment().value(),
                    planned.name(),
                    upload.bucket(),
                    upload.object(),
                    Long.toString(upload.generation()));
        }
    }

    /** A drop of which no outcome is known here. */
    record Unknown(
            String state,
            String service,
            @Nullable String object,
            @Nullable String generation,
            Object error) {}

    /** What came of many. */
    record Summary(int drops, Map<String, Long> outcomes, double seconds) {}

    @Override
    public void packed(Planned planned, int files) {
        // a program wants to know what was dropped
    }

    @Override
    public Follow.Listener uploaded(Planned planned, Upload upload) {
        documents.accept(Uploaded.of(planned, upload));
        return new Documents();
    }

    private final class Documents implements Follow.Listener {
        @Override
        public void news(Answer answer) {
            documents.accept(answer);
        }

        @Override
        public void reached(Step step, Answer answer) {
            // stands in the answer
        }

        @Override
        public void remark(String text) {
            // what it waits for stands in the answer
        }

        @Override
        public void looked(String now, Duration sinceUpload) {
            // nothing new
        }
    }

    @Override
    public void ended(Ending ending) {
        switch (ending) {
            case Ending.Followed(_, _, Follow.End.Finished _, _), Ending.Dropped _ -> {}
            case Ending.Followed(var planned, var upload, var end, _) ->
                    documents.accept(
                            new Unknown(
                                    ending.code(),
                                    planned.name(),
                                    upload.object(),
                                    Long.toString(upload.generation()),
                                    Map.of("message", AnswerText.unfinished(end, planned.name()))));
            case Ending.NotDropped(var planned, var problem) ->
                    documents.accept(
                            new Unknown(
                                    ending.code(),
                                    planned.name(),
                                    null,
                                    null,
                                    problem.asDocument()));
        }
    }

    @Override
    public void summary(List<Ending> endings, Duration took) {
        if (endings.size() > 1) {
            Map<String, Long> outcomes =
                    endings.stream()
                            .collect(
                                    Collectors.groupingBy(
                                            Ending::code, TreeMap::new, Collectors.counting()));
            documents.accept(new Summary(endings.size(), outcomes, took.toMillis() / 1000.0));
        }
    }
}
