package dev.slipway.local.build.language;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.regex.Pattern;

/**
 * The log of one build as a file of lines. What is over the limit is left out and said so, except
 * for the last lines, which tell how a build ended; secrets are replaced and control characters
 * dropped.
 */
public final class BuildLog implements AutoCloseable {
    private static final String HIDDEN = "***";

    /** What terminals are sent for colours, which some programs also write into files. */
    private static final Pattern COLOURS = Pattern.compile("\u001b\\[[0-9;]{0,16}m");

    private static final int KEPT_FOR_THE_END_BYTES = 4096;
    private static final int LAST_LINES = 50;

    private final OutputStream file;
    private final List<String> secrets;
    private final long mostBytes;
    private final Deque<String> last = new ArrayDeque<>();
    private long written;
    private boolean full;
    private long leftOut;
    private boolean closed;

    /**
     * Continues the file, or makes it.
     *
     * @param secrets texts that must not stand in a log
     * @param mostBytes how long the file may become, not counting its last lines
     */
    public BuildLog(Path file, List<String> secrets, long mostBytes) throws IOException {
        this.written = Files.exists(file) ? Files.size(file) : 0;
        this.file =
                Files.newOutputStream(file, StandardOpenOption.CREATE, StandardOpenOption.APPEND);
        this.secrets = List.copyOf(secrets);
        this.mostBytes = mostBytes;
    }

    /** Adds a line. */
    public synchronized void line(String text) throws IOException {
        if (closed) {
            return;
        }
        if (!full) {
            byte[] line = shown(text);
            if (written + line.length <= mostBytes) {
                write(line);
                return;
            }
            full = true;
            write(shown("(the log is longer than " + mostBytes + " bytes; only its end follows)"));
        }
        last.addLast(text);
        if (last.size() > LAST_LINES) {
            last.removeFirst();
            leftOut++;
        }
    }

    /** Adds how the build ended, also to a log that is full, after the last lines. */
    public synchronized void end(String text) throws IOException {
        writeLast();
        byte[] line = shown(text);
        write(line.length <= KEPT_FOR_THE_END_BYTES ? line : shown(text.substring(0, 1000) + "…"));
    }

    private void writeLast() throws IOException {
        if (leftOut > 0) {
            write(shown("(" + leftOut + " lines are left out)"));
            leftOut = 0;
        }
        while (!last.isEmpty()) {
            write(shown(last.removeFirst()));
        }
    }

    private void write(byte[] line) throws IOException {
        file.write(line);
        written += line.length;
    }

    private byte[] shown(String text) {
        String safe = COLOURS.matcher(text).replaceAll("");
        for (String secret : secrets) {
            safe = safe.replace(secret, HIDDEN);
        }
        StringBuilder printable = new StringBuilder(safe.length() + 1);
        safe.codePoints()
                .filter(point -> point == '\t' || !Character.isISOControl(point))
                .forEach(printable::appendCodePoint);
        return printable.append('\n').toString().getBytes(StandardCharsets.UTF_8);
    }

    /** Adds the last lines that were over the limit. */
    @Override
    public synchronized void close() throws IOException {
        if (closed) {
            return;
        }
        closed = true;
        try (file) {
            writeLast();
        }
    }
}
