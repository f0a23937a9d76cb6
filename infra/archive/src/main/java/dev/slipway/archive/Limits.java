package dev.slipway.archive;

/**
 * How much of an archive is read before it is refused.
 *
 * @param archiveBytes the archive as it was dropped
 * @param expandedBytes all that comes out of it, counted while inflating
 * @param entries files and folders that the archive lists or its names imply; their names together
 *     have at most a hundred times as many characters
 * @param fileBytes one file
 * @param ratio expanded bytes per archive byte, counted from 1 MiB expanded on
 * @param pathBytes an entry's name in UTF-8
 * @param segmentBytes one folder's or file's name in UTF-8
 * @param depth segments of a name
 */
public record Limits(
        long archiveBytes,
        long expandedBytes,
        int entries,
        long fileBytes,
        int ratio,
        int pathBytes,
        int segmentBytes,
        int depth) {
    /** What applies where the operator says nothing else. */
    public static final Limits DEFAULT =
            new Limits(512L << 20, 2048L << 20, 100_000, 512L << 20, 200, 512, 200, 32);

    /** The same with other sizes in bytes. */
    public Limits withBytes(long archive, long expanded, long file) {
        return new Limits(archive, expanded, entries, file, ratio, pathBytes, segmentBytes, depth);
    }

    /** The same with another number of entries. */
    public Limits withEntries(int count) {
        return new Limits(
                archiveBytes,
                expandedBytes,
                count,
                fileBytes,
                ratio,
                pathBytes,
                segmentBytes,
                depth);
    }
}
