package dev.slipway.cli.answers;

import dev.slipway.contracts.Answer;
import dev.slipway.contracts.Answer.State;
import dev.slipway.contracts.Answer.Step;
import dev.slipway.contracts.ArchiveSummary;
import dev.slipway.contracts.Reason;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Answers to one drop at noon, a second for each state. */
final class Given {
    static final Instant NOON = Instant.parse("2026-01-01T12:00:00Z");
    static final long GENERATION = 7;
    private static final ArchiveSummary ARCHIVE = new ArchiveSummary(12, 34_567, 0, "");

    private Given() {}

    static Answer at(State state) {
        return at(state, ARCHIVE);
    }

    static Answer at(State state, ArchiveSummary archive) {
        return answer(state, archive, null, null, null, null, null, List.of());
    }

    static Answer live() {
        return answer(
                State.DONE,
                ARCHIVE,
                Reason.DEPLOYED,
                "Revision hello-00001 serves.",
                null,
                null,
                null,
                List.of());
    }

    static Answer rejected() {
        return answer(
                State.DONE,
                null,
                Reason.MANIFEST_INVALID,
                "memory is 12 Gold; it is a number and Mi or Gi",
                "slipway.yaml",
                3,
                "memory",
                List.of());
    }

    static Answer failed() {
        return answer(
                State.DONE,
                ARCHIVE,
                Reason.BUILD_FAILED,
                "The build ended with status 1.",
                null,
                null,
                null,
                List.of("npm ERR! missing: left", "\u001b[31mnpm ERR!"));
    }

    private static Answer answer(
            State state,
            @Nullable ArchiveSummary archive,
            @Nullable Reason reason,
            @Nullable String message,
            @Nullable String entry,
            @Nullable Integer line,
            @Nullable String field,
            List<String> log) {
        List<Step> steps = new ArrayList<>();
        for (State each : State.values()) {
            if (each.compareTo(state) <= 0) {
                steps.add(new Step(each, NOON.plusSeconds(steps.size())));
            }
        }
        return new Answer(
                "daaaaaaaaaaaaaaaaaaa",
                "1767268800000-00000000000000000007-drop/hello.zip",
                "hello.zip",
                Long.toString(GENERATION),
                "hello",
                "europe-west1",
                state,
                steps,
                archive,
                null,
                reason == null ? null : reason.outcome(),
                reason,
                reason == null ? null : reason.turn(),
                message,
                entry,
                line,
                field,
                reason == null ? null : reason.nextStep(),
                reason == Reason.DEPLOYED ? "http://localhost:9000" : null,
                log.isEmpty() ? null : "http://127.0.0.1:8470/log",
                log,
                null);
    }
}
