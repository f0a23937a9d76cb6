package dev.slipway.archive;

import java.io.IOException;
import java.io.InterruptedIOException;
import java.io.OutputStream;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.zip.CRC32;
import org.jspecify.annotations.Nullable;

/**
 * One gzip member (RFC 1952), compressed by all processors: each block of 256 KiB knows the last 32
 * KiB before it, as deflate would. The bytes depend on the content alone, not on how many threads
 * there were.
 */
final class ParallelGzip extends OutputStream {
    /** Deflate; no time, no name, fastest compression, unknown system: the same everywhere. */
    private static final byte[] HEADER = {0x1f, (byte) 0x8b, 8, 0, 0, 0, 0, 0, 4, (byte) 0xff};

    private static final int THREADS = Runtime.getRuntime().availableProcessors();

    private final OutputStream out;
    private final CRC32 crc = new CRC32();
    private final Deque<Future<GzipBlock>> underWay = new ArrayDeque<>();
    private final Deque<GzipBlock> spare = new ArrayDeque<>();
    private @Nullable ExecutorService threads;
    private GzipBlock filling = new GzipBlock();
    private long taken;

    ParallelGzip(OutputStream out) throws IOException {
        this.out = out;
        out.write(HEADER);
    }

    @Override
    public void write(int one) throws IOException {
        write(new byte[] {(byte) one}, 0, 1);
    }

    @Override
    public void write(byte[] bytes, int offset, int length) throws IOException {
        crc.update(bytes, offset, length);
        taken += length;
        int at = offset;
        int end = offset + length;
        while (at < end) {
            if (filling.isFull()) {
                startFull();
            }
            at += filling.fill(bytes, at, end - at);
        }
    }

    /** Only a block that more follows is handed over; most sources have but one. */
    private void startFull() throws IOException {
        ExecutorService pool = threads;
        if (pool == null) {
            pool = Executors.newFixedThreadPool(THREADS, Thread.ofPlatform().daemon().factory());
            threads = pool;
        }
        GzipBlock full = filling;
        while (underWay.size() > 2 * THREADS) {
            writeOldest();
        }
        filling = spare.isEmpty() ? new GzipBlock() : spare.pop();
        filling.follow(full);
        underWay.add(pool.submit(() -> full.deflate(false)));
    }

    private void writeOldest() throws IOException {
        try {
            GzipBlock done = underWay.remove().get();
            done.writeTo(out);
            spare.push(done);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new InterruptedIOException("interrupted while compressing");
        } catch (ExecutionException e) {
            throw new IOException("compressing failed", e.getCause());
        }
    }

    /** Writes what is left and the trailer; leaves the stream below open. */
    void finish() throws IOException {
        while (!underWay.isEmpty()) {
            writeOldest();
        }
        filling.deflate(true).writeTo(out);
        writeLittleEndian(crc.getValue());
        writeLittleEndian(taken);
        out.flush();
    }

    private void writeLittleEndian(long word) throws IOException {
        for (int shift = 0; shift < Integer.SIZE; shift += Byte.SIZE) {
            out.write((int) (word >> shift));
        }
    }

    /** Lets go of threads and memory, whether all was written or not. */
    @Override
    public void close() {
        if (threads != null) {
            threads.close();
        }
        filling.close();
        spare.forEach(GzipBlock::close);
        underWay.forEach(one -> one.resultNow().close());
    }
}
