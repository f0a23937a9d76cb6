package dev.slipway.cli.check;

import dev.slipway.contracts.ArchiveSummary;
import dev.slipway.contracts.Verdict;
import dev.slipway.contracts.manifest.Manifest;
import dev.slipway.contracts.manifest.Problem;
import java.util.List;

/** What a check came to. */
public sealed interface Checked {
    /**
     * A drop of it would be verified.
     *
     * @param written whether there is a {@code slipway.yaml}; else the manifest holds defaults only
     */
    record Accepted(ArchiveSummary archive, boolean written, Manifest manifest)
            implements Checked {}

    /**
     * A drop of it would be rejected.
     *
     * @param verdict as the drop's answer would say it
     * @param problems of the manifest one by one, if it is the manifest
     */
    record Rejected(Verdict verdict, List<Problem> problems) implements Checked {
        /** Copies the list. */
        public Rejected {
            problems = List.copyOf(problems);
        }
    }
}
