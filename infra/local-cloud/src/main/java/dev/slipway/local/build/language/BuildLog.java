package dev.slipway.local.build.language;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.List;

/**
 * The log of one build as a file of lines. What is over the limit is left out and said so; secrets
 * are replaced and control characters dropped.
 */
public final class BuildLog implements AutoCloseable {
    private static final String HIDDEN = "***";
    private static final int KEPT_FOR_THE_END_BYTES = 4096;

    private final OutputStream file;
    private final List<String> secrets;
    private final long mostBytes;
    private long written;
    private boolean full;

    /**
     * Continues the file, or makes it.
     *
     * @param secrets texts that must not stand in a log
     * @param mostBytes how long the file may become, not counting the last lines of {@link #end}
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
        if (full) {
            return;
        }
        byte[] line = shown(text);
        if (written + line.length <= mostBytes) {
            write(line);
        } else {
            full = true;
            write(shown("(the log is longer than " + mostBytes + " bytes; the rest is left out)"));
        }
    }

    /** Adds how the build ended, also to a log that is full. */
    public synchronized void end(String text) throws IOException {
        byte[] line = shown(text);
        write(line.length <= KEPT_FOR_THE_END_BYTES ? line : shown(text.substring(0, 1000) + "…"));
    }

    private void write(byte[] line) throws IOException {
        file.write(line);
        written += line.length;
    }

    private byte[] shown(String text) {
        String safe = text;
        for (String secret : secrets) {
            safe = safe.replace(secret, HIDDEN);
        }
        StringBuilder printable = new StringBuilder(safe.length() + 1);
        safe.codePoints()
                .filter(point -> point == '\t' || !Character.isISOControl(point))
                .forEach(printable::appendCodePoint);
        return printable.append('\n').toString().getBytes(StandardCharsets.UTF_8);
    }

    @Override
    public synchronized void close() throws IOException {
        full = true;
        file.close();
    }
}
