package dev.slipway.archive;

import java.io.IOException;
import java.io.InputStream;
import java.util.zip.CRC32;
import java.util.zip.Inflater;

/** An entry's content, checked while it is read: exactly its sizes and its checksum come out. */
final class ZipContent implements Content {
    private final Mapped zip;
    private final ZipEntry entry;
    private final long start;
    private final Inflater inflater;

    /**
     * Nothing is read yet.
     *
     * @param start of the compressed bytes, all of which are in the zip
     * @param inflater one for all entries
     */
    ZipContent(Mapped zip, ZipEntry entry, long start, Inflater inflater) {
        this.zip = zip;
        this.entry = entry;
        this.start = start;
        this.inflater = inflater;
    }

    @Override
    public InputStream open() {
        return new Checked(entry.method() == ZipEntry.STORED ? new Stored() : new Deflated());
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

    private long end() {
        return start + entry.compressed();
    }

    /** How an entry's bytes come out of the zip. */
    private sealed interface Raw {
        int read(byte[] into, int offset, int length) throws Refusal;

        boolean isFinished();

        /** Behind the last byte of the zip that was needed. */
        long position();
    }

    private final class Stored implements Raw {
        private long position = start;

        @Override
        public int read(byte[] into, int offset, int length) {
            int read = (int) Math.min(length, end() - position);
            zip.copy(position, into, offset, read);
            position += read;
            return read;
        }

        @Override
        public boolean isFinished() {
            return position == end();
        }

        @Override
        public long position() {
            return position;
        }
    }

    private final class Deflated implements Raw {
        private final Inflation inflation =
                new Inflation(zip, inflater, start, end(), entry.displayName());

        @Override
        public int read(byte[] into, int offset, int length) throws Refusal {
            return inflation.read(into, offset, length);
        }

        @Override
        public boolean isFinished() {
            return inflation.isFinished();
        }

        @Override
        public long position() {
            return inflation.position();
        }
    }

    private final class Checked extends BulkStream {
        private final CRC32 crc = new CRC32();
        private final Raw raw;
        private long given;
        private boolean ended;

        Checked(Raw raw) {
            this.raw = raw;
        }

        @Override
        public int read(byte[] into, int offset, int length) throws IOException {
            if (ended || length == 0) {
                return ended ? -1 : 0;
            }
            int read = raw.read(into, offset, length);
            crc.update(into, offset, read);
            given += read;
            ended = raw.isFinished();
            if (given > entry.size() || (ended && given != entry.size())) {
                throw Refusal.damaged(
                        entry.displayName(),
                        "an entry does not hold the " + entry.size() + " bytes it says");
            }
            if (ended) {
                refuseUnlessAll();
            }
            return read == 0 ? -1 : read;
        }

        private void refuseUnlessAll() throws Refusal {
            if (raw.position() != end()) {
                throw Refusal.damaged(
                        entry.displayName(), "an entry's compressed data ends before its end");
            }
            if (crc.getValue() != entry.crc()) {
                throw Refusal.damaged(entry.displayName(), "an entry's checksum differs");
            }
        }
    }
}
