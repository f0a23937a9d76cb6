package dev.slipway.archive;

/**
 * What is in an archive or a folder, all of it checked.
 *
 * @param files that a build will see, the manifest with them
 * @param bytes of these files together
 * @param litterDropped files that desktops and editors left behind, such as .DS_Store
 * @param rootUnwrapped the folder or folders that held everything and were taken away, with a slash
 *     at the end; empty where there was none
 * @param manifest the bytes of slipway.yaml at the root, its first 65,537 at most; none where there
 *     is no such file
 */
public record SourceContents(
        int files, long bytes, int litterDropped, String rootUnwrapped, byte[] manifest)
        implements Inspection {
    /** One byte more than a manifest may have, so that a longer one shows. */
    static final int MANIFEST_BYTES = 64 * 1024 + 1;
}
