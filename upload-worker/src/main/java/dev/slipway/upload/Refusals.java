package dev.slipway.upload;

import dev.slipway.archive.Refused;
import dev.slipway.archive.Rule;
import dev.slipway.contracts.Reason;
import dev.slipway.contracts.Verdict;
import dev.slipway.contracts.manifest.Problem;
import java.util.List;
import java.util.stream.Collectors;

/** What a refused archive or manifest is told. */
final class Refusals {
    private Refusals() {}

    static Verdict of(Refused refused) {
        Verdict verdict = Verdict.of(reason(refused.rule()), sentence(refused.message()));
        return refused.entry() == null ? verdict : verdict.atEntry(refused.entry());
    }

    static Verdict tooLarge(long bytes, long allowed) {
        return Verdict.of(
                Reason.ARCHIVE_TOO_LARGE,
                "The archive has " + bytes + " bytes, at most " + allowed + " are allowed.");
    }

    /** Names them all; the first gives the place. */
    static Verdict of(List<Problem> problems) {
        Problem first = problems.getFirst();
        String all = problems.stream().map(Problem::toString).collect(Collectors.joining("; "));
        String end = all.endsWith("?") ? "" : ".";
        return Verdict.of(Reason.MANIFEST_INVALID, "slipway.yaml: " + all + end)
                .atField(first.line(), first.field().isEmpty() ? "slipway.yaml" : first.field());
    }

    private static Reason reason(Rule rule) {
        return switch (rule) {
            case NOT_AN_ARCHIVE -> Reason.NOT_AN_ARCHIVE;
            case EMPTY -> Reason.ARCHIVE_EMPTY;
            case DAMAGED, ENCRYPTED, UNSUPPORTED_COMPRESSION -> Reason.ARCHIVE_DAMAGED;
            case UNSAFE_NAME, LINK_OR_SPECIAL, DUPLICATE_NAME, NAME_TOO_LONG ->
                    Reason.ARCHIVE_UNSAFE;
            case ARCHIVE_TOO_LARGE,
                    EXPANDED_TOO_LARGE,
                    TOO_MANY_ENTRIES,
                    FILE_TOO_LARGE,
                    RATIO_TOO_HIGH ->
                    Reason.ARCHIVE_TOO_LARGE;
        };
    }

    private static String sentence(String message) {
        return Character.toUpperCase(message.charAt(0)) + message.substring(1) + ".";
    }
}
