package dev.slipway.contracts;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * What stands at {@code status/<object>.json} in the drop bucket: where the drop's deployment is,
 * and how it ended.
 *
 * @param order the drop's order as text; the answer to a greater one is never overwritten
 * @param generation the drop's generation, as text like all 64-bit numbers of Cloud Storage
 * @param state the stage that the deployment has reached, see {@link State}
 * @param steps when each state was reached, by the storage's clock
 * @param archive what was found in it, once it is verified
 * @param outcome absent until it is over
 */
public record Answer(
        String deployment,
        String order,
        String object,
        String generation,
        @Nullable String service,
        @Nullable String region,
        State state,
        List<Step> steps,
        @Nullable ArchiveSummary archive,
        @Nullable String waitingFor,
        @Nullable Outcome outcome,
        @Nullable Reason reason,
        @Nullable Turn turn,
        @Nullable String message,
        @Nullable String entry,
        @Nullable Integer line,
        @Nullable String field,
        @Nullable String nextStep,
        @Nullable String url,
        @Nullable String logUrl,
        List<String> logTail,
        @Nullable String correlationId) {
    /** Cloud Storage: an object's name in UTF-8. */
    private static final int LONGEST_NAME_BYTES = 1024;

    /**
     * How far a deployment is, in the words of its reader. The order of the constants is the order
     * of the journey.
     */
    public enum State {
        RECEIVED,
        VERIFIED,
        BUILDING,
        BUILT,
        DEPLOYING,
        DONE
    }

    /** One state and when it was reached. */
    public record Step(State state, Instant at) {}

    /** The answer that these bytes are; empty where they are none: torn, or somebody's own file. */
    public static Optional<Answer> parse(byte[] body) {
        try {
            return Optional.of(Json.read(body, Answer.class)).filter(Answer::isComplete);
        } catch (IOException _) {
            return Optional.empty();
        }
    }

    private static boolean isComplete(Answer answer) {
        return Stream.of(
                                answer.deployment,
                                answer.order,
                                answer.object,
                                answer.generation,
                                answer.state,
                                answer.steps,
                                answer.logTail)
                        .allMatch(Objects::nonNull)
                && answer.steps.stream().allMatch(Answer::isComplete)
                && answer.logTail.stream().allMatch(Objects::nonNull);
    }

    private static boolean isComplete(@Nullable Step step) {
        return step != null && step.state != null && step.at != null;
    }

    /** The same, waiting for something. */
    public Answer waitingFor(String cause) {
        return new Answer(
                deployment,
                order,
                object,
                generation,
                service,
                region,
                state,
                steps,
                archive,
                cause,
                outcome,
                reason,
                turn,
                message,
                entry,
                line,
                field,
                nextStep,
                url,
                logUrl,
                logTail,
                correlationId);
    }

    /**
     * The name of the answer to an object of the drop bucket; where that would be too long for
     * Cloud Storage, the SHA-256 of the object's name stands for it.
     */
    public static String nameFor(String object) {
        String name = "status/" + object + ".json";
        return name.getBytes(StandardCharsets.UTF_8).length <= LONGEST_NAME_BYTES
                ? name
                : "status/" + Digest.of(object).hex() + ".json";
    }
}
