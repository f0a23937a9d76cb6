package dev.slipway.archive;

/** A tar that nothing wraps: its files are read where they stand. */
final class PlainTar implements TarBytes {
    private final Mapped tar;
    private final Meter meter;
    private long position;

    PlainTar(Mapped tar, Meter meter) {
        this.tar = tar;
        this.meter = meter;
    }

    @Override
    public byte[] next(int length) {
        int there = (int) Math.min(length, tar.size() - position);
        byte[] bytes = tar.copy(position, there);
        position += there;
        return bytes;
    }

    @Override
    public Content content(String path, long size) throws Refusal {
        meter.countFile(path, size);
        if (!tar.has(position, size)) {
            throw Refusal.damaged(path, "the tar is cut off");
        }
        long start = position;
        position += size;
        return () -> new Region(start, size);
    }

    @Override
    public void close() {}

    private final class Region extends BulkStream {
        private final long end;
        private long at;

        Region(long start, long size) {
            this.at = start;
            this.end = start + size;
        }

        @Override
        public int read(byte[] into, int offset, int length) {
            if (at == end) {
                return length == 0 ? 0 : -1;
            }
            int read = (int) Math.min(length, end - at);
            tar.copy(at, into, offset, read);
            at += read;
            return read;
        }
    }
}
