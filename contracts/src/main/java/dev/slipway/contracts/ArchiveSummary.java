package dev.slipway.contracts;

import org.jspecify.annotations.Nullable;

/**
 * What was found in a verified archive.
 *
 * @param files that a build sees, the manifest with them
 * @param bytes of these files together
 * @param litterDropped files left out that desktops and editors had left there; absent where nobody
 *     counted them
 * @param rootUnwrapped the folder or folders that held everything and were taken away, with a slash
 *     at the end; absent where there was none
 */
public record ArchiveSummary(
        long files, long bytes, @Nullable Integer litterDropped, @Nullable String rootUnwrapped) {
    /** Cuts and cleans the name that came from outside. */
    public ArchiveSummary {
        rootUnwrapped =
                rootUnwrapped == null || rootUnwrapped.isEmpty() ? null : Shown.of(rootUnwrapped);
    }
}
