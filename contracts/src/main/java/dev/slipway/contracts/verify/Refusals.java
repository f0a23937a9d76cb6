package dev.slipway.contracts.verify;

import dev.slipway.contracts.Reason;
import dev.slipway.contracts.Verdict;
import dev.slipway.contracts.manifest.Problem;
import java.util.List;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * What a refused archive or manifest is told: the same words by who verifies a drop and by who
 * checks it before.
 */
public final class Refusals {
    private Refusals() {}

    /**
     * An archive breaks a rule.
     *
     * @param reason the name of the reason for it, as the library that reads archives says it
     * @param message what was found and what is allowed, without its capital and its full stop
     * @param entry the entry concerned, if one is
     */
    public static Verdict ofArchive(String reason, String message, @Nullable String entry) {
        Verdict verdict = Verdict.of(Reason.valueOf(reason), sentence(message));
        return entry == null ? verdict : verdict.atEntry(entry);
    }

    /** An archive is too large to be read at all. */
    public static Verdict ofSize(long bytes, long allowed) {
        return Verdict.of(
                Reason.ARCHIVE_TOO_LARGE,
                "The archive has " + bytes + " bytes, at most " + allowed + " are allowed.");
    }

    /** A manifest has problems: names them all; the first gives the place. */
    public static Verdict ofManifest(List<Problem> problems) {
        Problem first = problems.getFirst();
        String all = problems.stream().map(Problem::toString).collect(Collectors.joining("; "));
        String end = all.endsWith("?") ? "" : ".";
        return Verdict.of(Reason.MANIFEST_INVALID, "slipway.yaml: " + all + end)
                .atField(first.line(), first.field().isEmpty() ? "slipway.yaml" : first.field());
    }

    private static String sentence(String message) {
        return Character.toUpperCase(message.charAt(0)) + message.substring(1) + ".";
    }
}
