package dev.slipway.archive;

import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;

/** Counts what comes out of one archive and stops it at the limits. */
final class Meter {
    private static final long RATIO_COUNTS_FROM = 1 << 20;

    private final Limits limits;
    private final long archiveBytes;
    private long expanded;
    private int entries;
    private int extensions;

    Meter(Limits limits, long archiveBytes) throws Refusal {
        this.limits = limits;
        this.archiveBytes = archiveBytes;
        if (archiveBytes > limits.archiveBytes()) {
            throw new Refusal(
                    Rule.ARCHIVE_TOO_LARGE,
                    null,
                    "the archive has "
                            + archiveBytes
                            + " bytes, at most "
                            + limits.archiveBytes()
                            + " are allowed");
        }
    }

    void countEntry() throws Refusal {
        if (++entries > limits.entries()) {
            throw new Refusal(
                    Rule.TOO_MANY_ENTRIES,
                    null,
                    "the archive has more than " + limits.entries() + " entries");
        }
    }

    /** Headers that only say more of an entry: a name or two for each. */
    void countExtension() throws Refusal {
        if (++extensions > 2L * limits.entries() + 2) {
            throw new Refusal(
                    Rule.TOO_MANY_ENTRIES, null, "the tar has more extended headers than entries");
        }
    }

    /** Before its content is read: so many bytes will come out, or it is refused as damaged. */
    void countFile(String name, long bytes) throws Refusal {
        refuseTooLarge(name, bytes);
        count(bytes);
    }

    void refuseTooLarge(String name, long bytes) throws Refusal {
        if (bytes > limits.fileBytes()) {
            throw new Refusal(
                    Rule.FILE_TOO_LARGE,
                    name,
                    "a file has more than " + limits.fileBytes() + " bytes");
        }
    }

    InputStream metered(InputStream stream) {
        return new Metered(stream);
    }

    private void count(long bytes) throws Refusal {
        expanded += bytes;
        if (expanded > limits.expandedBytes()) {
            throw new Refusal(
                    Rule.EXPANDED_TOO_LARGE,
                    null,
                    "more than " + limits.expandedBytes() + " bytes come out of the archive");
        }
    }

    /** Of what was counted until now. */
    void refuseRatio() throws Refusal {
        if (expanded > RATIO_COUNTS_FROM && expanded / limits.ratio() > archiveBytes) {
            throw new Refusal(
                    Rule.RATIO_TOO_HIGH,
                    null,
                    "the archive expands more than "
                            + limits.ratio()
                            + " times, which source does not");
        }
    }

    private final class Metered extends FilterInputStream {
        Metered(InputStream stream) {
            super(stream);
        }

        @Override
        public int read() throws IOException {
            int read = super.read();
            if (read >= 0) {
                count(1);
                refuseRatio();
            }
            return read;
        }

        @Override
        public int read(byte[] bytes, int offset, int length) throws IOException {
            int read = super.read(bytes, offset, length);
            if (read > 0) {
                count(read);
                refuseRatio();
            }
            return read;
        }
    }
}
