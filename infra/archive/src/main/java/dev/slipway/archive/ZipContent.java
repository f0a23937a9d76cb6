package dev.slipway.archive;

import java.io.IOException;
import java.io.InputStream;
import java.util.zip.CRC32;
import java.util.zip.DataFormatException;
import java.util.zip.Inflater;

/** An entry's content, checked while it is read: exactly its sizes and its checksum come out. */
final class ZipContent implements Content {
    private static final int MOST_AT_ONCE = 1 << 30;

    private final Mapped zip;
    private final ZipEntry entry;
    private final long start;
    private final Inflater inflater;

    /**
     * Nothing is read yet.
     *
     * @param start of the compressed bytes, all of which are in the zip
     * @param inflater one for all entries, reset by each
     */
    ZipContent(Mapped zip, ZipEntry entry, long start, Inflater inflater) {
        this.zip = zip;
        this.entry = entry;
        this.start = start;
        this.inflater = inflater;
    }

    @Override
    public InputStream open() {
        inflater.reset();
        return new Reading();
    }

    @Override
    public void check(byte[] buffer) throws IOException {
        try (InputStream content = open()) {
            int read = 0;
            while (read >= 0) {
                read = content.read(buffer);
            }
        }
    }

    private final class Reading extends InputStream {
        private final CRC32 crc = new CRC32();
        private long given;
        private long taken;
        private boolean ended;

        @Override
        public int read() throws IOException {
            byte[] one = new byte[1];
            return read(one, 0, 1) < 0 ? -1 : one[0] & 0xff;
        }

        @Override
        public int read(byte[] into, int offset, int length) throws IOException {
            if (ended || length == 0) {
                return ended ? -1 : 0;
            }
            int read =
                    entry.method() == ZipEntry.STORED
                            ? copied(into, offset, length)
                            : inflated(into, offset, length);
            crc.update(into, offset, read);
            given += read;
            if (given > entry.size()) {
                throw otherSize();
            }
            if (ended) {
                refuseUnlessAll();
            }
            return read == 0 ? -1 : read;
        }

        private int copied(byte[] into, int offset, int length) {
            int read = (int) Math.min(length, entry.compressed() - taken);
            zip.copy(start + taken, into, offset, read);
            taken += read;
            ended = taken == entry.compressed();
            return read;
        }

        /** Much may still come out when all has gone in, so that is taken first. */
        private int inflated(byte[] into, int offset, int length) throws Refusal {
            try {
                int read = inflater.inflate(into, offset, length);
                while (read == 0 && !inflater.finished()) {
                    feed();
                    read = inflater.inflate(into, offset, length);
                }
                ended = inflater.finished();
                return read;
            } catch (DataFormatException e) {
                throw Refusal.damaged(entry.displayName(), "an entry's compressed data is damaged");
            }
        }

        private void feed() throws Refusal {
            if (!inflater.needsInput()) {
                if (inflater.needsDictionary()) {
                    throw Refusal.damaged(
                            entry.displayName(), "an entry's compressed data is damaged");
                }
                return;
            }
            int next = (int) Math.min(MOST_AT_ONCE, entry.compressed() - taken);
            if (next == 0) {
                throw Refusal.damaged(entry.displayName(), "an entry's compressed data is cut off");
            }
            inflater.setInput(zip.buffer(start + taken, next));
            taken += next;
        }

        private void refuseUnlessAll() throws Refusal {
            if (given != entry.size()) {
                throw otherSize();
            }
            if (taken - leftOver() != entry.compressed()) {
                throw Refusal.damaged(
                        entry.displayName(), "an entry's compressed data ends before its end");
            }
            if (crc.getValue() != entry.crc()) {
                throw Refusal.damaged(entry.displayName(), "an entry's checksum differs");
            }
        }

        private int leftOver() {
            return entry.method() == ZipEntry.STORED ? 0 : inflater.getRemaining();
        }

        private Refusal otherSize() {
            return Refusal.damaged(
                    entry.displayName(),
                    "an entry does not hold the " + entry.size() + " bytes it says");
        }
    }
}
