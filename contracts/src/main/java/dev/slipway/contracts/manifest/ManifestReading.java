package dev.slipway.contracts.manifest;

import java.util.List;

/** What reading a manifest came to. */
public sealed interface ManifestReading {
    /** It can be deployed. */
    record Valid(Manifest manifest) implements ManifestReading {}

    /** It cannot, for every one of these, in the order of their lines. */
    record Invalid(List<Problem> problems) implements ManifestReading {
        /** Copies the list. */
        public Invalid {
            problems = List.copyOf(problems);
        }
    }
}
