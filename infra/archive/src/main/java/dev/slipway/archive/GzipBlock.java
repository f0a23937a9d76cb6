package dev.slipway.archive;

import java.io.IOException;
import java.io.OutputStream;
import java.util.Arrays;
import java.util.zip.Deflater;

/** Some bytes on their way into a gzip, with those before them. Used by one thread at a time. */
final class GzipBlock implements AutoCloseable {
    private static final int BYTES = 256 * 1024;
    private static final int SMALL = 8 * 1024; // most sources need no more
    private static final int WINDOW = 32 * 1024;

    private final Deflater deflater = new Deflater(Deflater.BEST_SPEED, true);
    private byte[] content = new byte[SMALL];
    private byte[] before = new byte[0];
    private byte[] deflated = new byte[SMALL];
    private int filled;
    private int size;

    boolean isFull() {
        return filled == BYTES;
    }

    /** Takes as many as there is room for, and says how many. */
    int fill(byte[] bytes, int offset, int length) {
        int taken = Math.min(length, BYTES - filled);
        if (filled + taken > content.length) {
            content = Arrays.copyOf(content, BYTES);
        }
        System.arraycopy(bytes, offset, content, filled, taken);
        filled += taken;
        return taken;
    }

    /** Starts anew behind a full one. */
    void follow(GzipBlock full) {
        before = Arrays.copyOfRange(full.content, BYTES - WINDOW, BYTES);
        filled = 0;
    }

    /** Ends at a whole byte, so that the next can follow. */
    GzipBlock deflate(boolean last) {
        deflater.reset();
        if (before.length > 0) {
            deflater.setDictionary(before);
        }
        deflater.setInput(content, 0, filled);
        if (last) {
            deflater.finish();
        }
        size = 0;
        int more;
        do {
            if (size == deflated.length) {
                deflated = Arrays.copyOf(deflated, deflated.length * 2);
            }
            int mode = last ? Deflater.NO_FLUSH : Deflater.SYNC_FLUSH;
            more = deflater.deflate(deflated, size, deflated.length - size, mode);
            size += more;
        } while (last ? !deflater.finished() : size == deflated.length);
        return this;
    }

    void writeTo(OutputStream out) throws IOException {
        out.write(deflated, 0, size);
    }

    @Override
    public void close() {
        deflater.end();
    }
}
