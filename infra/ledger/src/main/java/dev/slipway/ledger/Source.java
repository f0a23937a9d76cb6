package dev.slipway.ledger;

import dev.slipway.contracts.ArchiveSummary;
import dev.slipway.contracts.Digest;
import dev.slipway.contracts.ObjectVersion;
import org.jspecify.annotations.Nullable;

/**
 * What was verified.
 *
 * @param staged the canonical archive in the staging bucket
 * @param digest of the canonical tree without {@code slipway.yaml}
 * @param buildDigest of everything else that the image depends on
 * @param files how many files the tree has
 * @param bytes how many bytes they have together
 * @param litterDropped how many files were left out that desktops and editors had left there
 * @param rootUnwrapped the folder that held everything and was taken away; empty where there was
 *     none. This and the litter are absent in records that were written before they were noted down
 */
public record Source(
        ObjectVersion staged,
        Digest digest,
        Digest buildDigest,
        long files,
        long bytes,
        @Nullable Integer litterDropped,
        @Nullable String rootUnwrapped) {
    /** What an answer says of it. */
    public ArchiveSummary archive() {
        return new ArchiveSummary(files, bytes, litterDropped, rootUnwrapped);
    }

    /** The same, to be built anew. */
    public Source withBuildDigest(Digest own) {
        return new Source(staged, digest, own, files, bytes, litterDropped, rootUnwrapped);
    }
}
