package dev.slipway.archive;

import java.io.Closeable;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;

/**
 * Contents one after another in a single temporary file, so that no name from an archive ever
 * becomes a name on disk.
 */
final class Spool implements Keeping, Closeable {
    private final FileChannel channel;
    private final byte[] buffer = new byte[64 * 1024];
    private long end;

    Spool(Path folder) throws IOException {
        Path file = Files.createTempFile(folder, "tree", ".spool");
        this.channel =
                FileChannel.open(
                        file,
                        StandardOpenOption.READ,
                        StandardOpenOption.WRITE,
                        StandardOpenOption.DELETE_ON_CLOSE);
    }

    @Override
    public Content keep(String path, long size, InputStream from) throws IOException {
        long start = end;
        long left = size;
        while (left > 0) {
            int read = from.read(buffer, 0, (int) Math.min(buffer.length, left));
            if (read < 0) {
                throw new EOFException();
            }
            write(read);
            left -= read;
        }
        return () -> new Region(start, size);
    }

    private void write(int length) throws IOException {
        ByteBuffer bytes = ByteBuffer.wrap(buffer, 0, length);
        while (bytes.hasRemaining()) {
            end += channel.write(bytes, end);
        }
    }

    @Override
    public void close() throws IOException {
        channel.close();
    }

    private final class Region extends BulkStream {
        private final long stop;
        private long position;

        Region(long start, long size) {
            this.position = start;
            this.stop = start + size;
        }

        @Override
        public int read(byte[] into, int offset, int length) throws IOException {
            if (position == stop || length == 0) {
                return length == 0 ? 0 : -1;
            }
            int wanted = (int) Math.min(length, stop - position);
            int read = channel.read(ByteBuffer.wrap(into, offset, wanted), position);
            if (read < 0) {
                throw new EOFException("the spool was cut off");
            }
            position += read;
            return read;
        }
    }
}
