package dev.slipway.archive;

import org.jspecify.annotations.Nullable;

/** What reading an archive or a folder came to. */
public sealed interface Inspection {
    /** Everything in it may be built; the caller closes the tree. */
    record Accepted(SourceTree tree) implements Inspection {}

    /**
     * A rule says no.
     *
     * @param entry the entry concerned, fit for display, if one is
     * @param message what was found and what is allowed
     */
    record Refused(Rule rule, @Nullable String entry, String message) implements Inspection {}
}
