package dev.slipway.archive;

import java.io.EOFException;
import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.util.Arrays;
import java.util.List;
import java.util.zip.CRC32;
import java.util.zip.CheckedInputStream;
import java.util.zip.Inflater;
import java.util.zip.InflaterInputStream;
import java.util.zip.ZipException;

/** Reads a zip entry by entry as its directory lists them, and checks what the entries say. */
final class ZipReader {
    private static final int LOCAL = 0x04034b50;
    private static final int LOCAL_BYTES = 30;
    private static final int BUFFER = 16 * 1024;

    private final FileChannel channel;
    private final Meter meter;
    private final Limits limits;
    private final Inflater inflater = new Inflater(true);

    ZipReader(FileChannel channel, Meter meter, Limits limits) {
        this.channel = channel;
        this.meter = meter;
        this.limits = limits;
    }

    void readInto(TreeBuilder tree, Spool spool) throws IOException {
        try {
            List<ZipEntry> entries = new ZipDirectory(channel, limits).entries();
            refuseOverlap(entries);
            for (ZipEntry entry : entries) {
                read(entry, tree, spool);
            }
        } finally {
            inflater.end();
        }
    }

    /** Entries that share compressed bytes multiply them without end. */
    private void refuseOverlap(List<ZipEntry> entries) throws IOException {
        long left = channel.size();
        for (ZipEntry entry : entries) {
            if (entry.compressed() < 0 || entry.compressed() > left) {
                throw Refusal.damaged(
                        entry.displayName(), "the zip's entries claim more bytes than it has");
            }
            left -= entry.compressed();
        }
    }

    private void read(ZipEntry entry, TreeBuilder tree, Spool spool) throws IOException {
        EntryName name = tree.begin(entry.name());
        refuseUnsupported(entry);
        if (entry.isFolder()) {
            if (entry.size() != 0) {
                throw Refusal.damaged(entry.displayName(), "a folder has content");
            }
            tree.folder(name);
            return;
        }
        CheckedInputStream content = new CheckedInputStream(open(entry), new CRC32());
        boolean executable = UnixMode.isExecutable(entry.mode());
        try {
            tree.file(name, content, path -> spool.keep(path, executable, content));
        } catch (ZipException | EOFException e) {
            throw Refusal.damaged(entry.displayName(), "an entry's compressed data is damaged");
        }
        if (content.getChecksum().getValue() != entry.crc()) {
            throw Refusal.damaged(entry.displayName(), "an entry's checksum differs");
        }
    }

    private static void refuseUnsupported(ZipEntry entry) throws Refusal {
        if (entry.isEncrypted()) {
            throw new Refusal(
                    Rule.ENCRYPTED, entry.displayName(), "an entry is encrypted; pack without");
        }
        if (!UnixMode.isRegularOrFolder(entry.mode())) {
            throw new Refusal(
                    Rule.LINK_OR_SPECIAL,
                    entry.displayName(),
                    "an entry is a link or a special file; only files and folders are allowed");
        }
        if (entry.method() != ZipEntry.STORED && entry.method() != ZipEntry.DEFLATED) {
            throw new Refusal(
                    Rule.UNSUPPORTED_COMPRESSION,
                    entry.displayName(),
                    "an entry has compression method "
                            + entry.method()
                            + "; stored (0) and deflated (8) are allowed");
        }
    }

    private InputStream open(ZipEntry entry) throws IOException {
        ByteBuffer local = ZipDirectory.read(channel, entry.localHeader(), LOCAL_BYTES);
        int name = local.getShort(26) & 0xffff;
        int extra = local.getShort(28) & 0xffff;
        boolean agrees =
                local.getInt(0) == LOCAL
                        && (local.getShort(8) & 0xffff) == entry.method()
                        && Arrays.equals(
                                entry.name(),
                                ZipDirectory.read(channel, entry.localHeader() + LOCAL_BYTES, name)
                                        .array());
        if (!agrees) {
            throw Refusal.damaged(
                    entry.displayName(), "an entry and the zip's directory contradict each other");
        }
        long start = entry.localHeader() + LOCAL_BYTES + name + extra;
        if (start > channel.size() - entry.compressed()) {
            throw Refusal.damaged(entry.displayName(), "an entry is cut off");
        }
        InputStream raw = new RegionStream(channel, start, entry.compressed());
        return meter.metered(new ExactStream(inflated(entry, raw), entry));
    }

    private InputStream inflated(ZipEntry entry, InputStream raw) {
        if (entry.method() == ZipEntry.STORED) {
            return raw;
        }
        inflater.reset();
        return new InflaterInputStream(raw, inflater, BUFFER);
    }

    /** Refuses an entry that holds more or fewer bytes than it says, as soon as that shows. */
    private static final class ExactStream extends FilterInputStream {
        private final ZipEntry entry;
        private long left;

        ExactStream(InputStream content, ZipEntry entry) {
            super(content);
            this.entry = entry;
            this.left = entry.size();
        }

        @Override
        public int read() throws IOException {
            byte[] one = new byte[1];
            return read(one, 0, 1) < 0 ? -1 : one[0] & 0xff;
        }

        @Override
        public int read(byte[] bytes, int offset, int length) throws IOException {
            int read = super.read(bytes, offset, length);
            left -= Math.max(0, read);
            if (left < 0 || (read < 0 && left > 0)) {
                throw Refusal.damaged(
                        entry.displayName(),
                        "an entry does not hold the " + entry.size() + " bytes it says");
            }
            return read;
        }
    }
}
