package dev.slipway.cli.check;

import com.fasterxml.jackson.databind.JsonNode;
import dev.slipway.cli.drop.Planned;
import dev.slipway.contracts.ArchiveSummary;
import dev.slipway.contracts.Json;
import dev.slipway.contracts.Outcome;
import dev.slipway.contracts.Reason;
import dev.slipway.contracts.Turn;
import dev.slipway.contracts.Verdict;
import dev.slipway.contracts.manifest.Manifest;
import dev.slipway.contracts.manifest.Problem;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What a check came to, for programs: the fields of an answer, under the same names.
 *
 * @param accepted whether a drop of it would be verified
 * @param written whether there is a {@code slipway.yaml}; absent where it would be rejected
 * @param manifest with every default filled; absent where it would be rejected
 * @param outcome absent where it would be accepted, like all below
 * @param problems of the manifest one by one, in the order of their places
 */
public record CheckDocument(
        String source,
        String service,
        String region,
        boolean accepted,
        @Nullable ArchiveSummary archive,
        @Nullable Boolean written,
        @Nullable JsonNode manifest,
        @Nullable Outcome outcome,
        @Nullable Reason reason,
        @Nullable Turn turn,
        @Nullable String message,
        @Nullable String entry,
        @Nullable Integer line,
        @Nullable String field,
        @Nullable String nextStep,
        @Nullable List<Problem> problems) {
    /** Of one source that is meant for this region. */
    public static CheckDocument of(Planned planned, String region, Checked checked) {
        return switch (checked) {
            case Checked.Accepted(var archive, boolean written, var manifest) ->
                    accepted(planned, region, archive, written, manifest);
            case Checked.Rejected(var verdict, var problems) ->
                    rejected(planned, region, verdict, problems);
        };
    }

    private static CheckDocument accepted(
            Planned planned,
            String region,
            ArchiveSummary archive,
            boolean written,
            Manifest manifest) {
        return new CheckDocument(
                planned.source().path().toString(),
                planned.name(),
                region,
                true,
                archive,
                written,
                normalised(manifest),
                null,
                null,
                null,
                null,
                null,
                null,
                null,
                null,
                null);
    }

    private static CheckDocument rejected(
            Planned planned, String region, Verdict verdict, List<Problem> problems) {
        Reason reason = verdict.reason();
        return new CheckDocument(
                planned.source().path().toString(),
                planned.name(),
                region,
                false,
                null,
                null,
                null,
                reason.outcome(),
                reason,
                reason.turn(),
                verdict.message(),
                verdict.entry(),
                verdict.line(),
                verdict.field(),
                reason.nextStep(),
                problems);
    }

    private static JsonNode normalised(Manifest manifest) {
        try {
            return Json.read(manifest.normalised(), JsonNode.class);
        } catch (IOException e) {
            throw new UncheckedIOException("a manifest is no JSON", e);
        }
    }
}
