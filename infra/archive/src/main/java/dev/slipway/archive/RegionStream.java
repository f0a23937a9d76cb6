package dev.slipway.archive;

import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.util.Objects;

/** Some bytes of a file; leaves the channel's own position alone and the channel open. */
final class RegionStream extends InputStream {
    private final FileChannel channel;
    private final long end;
    private long position;

    RegionStream(FileChannel channel, long start, long length) {
        this.channel = channel;
        this.position = start;
        this.end = Math.addExact(start, length);
    }

    @Override
    public int read() throws IOException {
        byte[] one = new byte[1];
        return read(one, 0, 1) < 0 ? -1 : one[0] & 0xff;
    }

    @Override
    public int read(byte[] bytes, int offset, int length) throws IOException {
        Objects.checkFromIndexSize(offset, length, bytes.length);
        if (length == 0) {
            return 0;
        }
        if (position >= end) {
            return -1;
        }
        int wanted = (int) Math.min(length, end - position);
        int read = channel.read(ByteBuffer.wrap(bytes, offset, wanted), position);
        if (read > 0) {
            position += read;
        }
        return read;
    }

    /** GZIPInputStream asks this before it looks for another member. */
    @Override
    public int available() {
        return (int) Math.min(Integer.MAX_VALUE, Math.max(0, end - position));
    }
}
