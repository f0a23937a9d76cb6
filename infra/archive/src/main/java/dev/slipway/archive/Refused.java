package dev.slipway.archive;

import org.jspecify.annotations.Nullable;

/**
 * A rule says no.
 *
 * @param entry the entry concerned, fit for display, if one is
 * @param message what was found and what is allowed
 */
public record Refused(Rule rule, @Nullable String entry, String message)
        implements Inspection, Packing {}
