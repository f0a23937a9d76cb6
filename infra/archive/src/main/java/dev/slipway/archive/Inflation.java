package dev.slipway.archive;

import java.util.zip.DataFormatException;
import java.util.zip.Inflater;
import org.jspecify.annotations.Nullable;

/** Deflated bytes of a file on their way out. */
final class Inflation {
    private static final int AT_ONCE = 1 << 20;

    private final Mapped file;
    private final Inflater inflater;
    private final long end;
    private final @Nullable String entry;
    private long position;

    /**
     * Nothing is read yet.
     *
     * @param inflater is reset
     * @param start of the deflated bytes
     * @param end behind which nothing of it can stand
     * @param entry that a refusal names
     */
    Inflation(Mapped file, Inflater inflater, long start, long end, @Nullable String entry) {
        this.file = file;
        this.inflater = inflater;
        this.position = start;
        this.end = end;
        this.entry = entry;
        inflater.reset();
    }

    /** Reads at least one byte unless it is finished; much may come out when all has gone in. */
    int read(byte[] into, int offset, int length) throws Refusal {
        try {
            int read = inflater.inflate(into, offset, length);
            while (read == 0 && !inflater.finished()) {
                feed();
                read = inflater.inflate(into, offset, length);
            }
            return read;
        } catch (DataFormatException e) {
            throw damaged();
        }
    }

    private void feed() throws Refusal {
        if (inflater.needsDictionary()) {
            throw damaged();
        }
        if (inflater.needsInput()) {
            int next = (int) Math.min(AT_ONCE, end - position);
            if (next <= 0) {
                throw Refusal.damaged(entry, "the compressed data is cut off");
            }
            inflater.setInput(file.buffer(position, next));
            position += next;
        }
    }

    private Refusal damaged() {
        return Refusal.damaged(entry, "the compressed data is damaged");
    }

    boolean isFinished() {
        return inflater.finished();
    }

    /** Behind the last byte that was needed. */
    long position() {
        return position - inflater.getRemaining();
    }
}
