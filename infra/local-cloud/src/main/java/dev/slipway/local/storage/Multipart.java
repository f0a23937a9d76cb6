package dev.slipway.local.storage;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Reads {@code multipart/related} part by part without holding a part in memory (RFC 2387). Lines
 * may end with CRLF or, as gcloud sends them, with LF alone: the first line tells which.
 */
final class Multipart {
    private static final Pattern BOUNDARY =
            Pattern.compile(
                    "(?i)multipart/related\\s*;.*?boundary=(\"[^\"]+\"|'[^']+'|[^\\s;]+).*");
    private static final int BUFFER_BYTES = 64 << 10;
    private static final int LONGEST_LINE_BYTES = 8 << 10;
    private static final int MOST_HEADERS = 32;

    private final InputStream in;
    private final String boundary;
    private final byte[] buffer = new byte[BUFFER_BYTES];
    private byte[] delimiter = {};
    private int start;
    private int end;

    private Multipart(InputStream in, String boundary) {
        this.in = in;
        this.boundary = boundary;
    }

    /** Starts reading; 400 where the content type or the first line is not of a multipart body. */
    static Multipart of(@Nullable String contentType, InputStream in) throws IOException {
        Matcher form = BOUNDARY.matcher(contentType == null ? "" : contentType);
        if (!form.matches()) {
            throw StorageError.invalid(
                    "The content type of a multipart upload is multipart/related with a boundary");
        }
        Multipart multipart = new Multipart(in, form.group(1).replaceAll("^[\"']|[\"']$", ""));
        multipart.findFirst();
        return multipart;
    }

    private void findFirst() throws IOException {
        String line = line();
        while (!line.strip().equals("--" + boundary)) {
            line = line();
        }
        String lineEnd = line.endsWith("\r") ? "\r\n" : "\n";
        delimiter = (lineEnd + "--" + boundary).getBytes(ISO_8859_1);
    }

    /** The headers of the next part, names in lower case. */
    Map<String, String> headers() throws IOException {
        Map<String, String> headers = new TreeMap<>();
        String line = line().strip();
        while (!line.isEmpty()) {
            String[] parts = line.split(":", 2);
            if (parts.length < 2 || headers.size() == MOST_HEADERS) {
                throw malformed();
            }
            headers.put(parts[0].strip().toLowerCase(Locale.ROOT), parts[1].strip());
            line = line().strip();
        }
        return headers;
    }

    /** The body of the part whose headers were read; it must be read to its end. */
    InputStream body() {
        return new Body();
    }

    /** Goes past the delimiter that ended a body; whether another part follows. */
    boolean next() throws IOException {
        return !line().strip().startsWith("--");
    }

    private String line() throws IOException {
        ByteArrayOutputStream line = new ByteArrayOutputStream();
        while (true) {
            if (start == end && !fill()) {
                throw malformed();
            }
            byte one = buffer[start++];
            if (one == '\n') {
                return line.toString(ISO_8859_1);
            }
            if (line.size() == LONGEST_LINE_BYTES) {
                throw malformed();
            }
            line.write(one);
        }
    }

    private static StorageError malformed() {
        return StorageError.invalid("Malformed multipart body.");
    }

    private boolean fill() throws IOException {
        System.arraycopy(buffer, start, buffer, 0, end - start);
        end -= start;
        start = 0;
        int read = in.read(buffer, end, buffer.length - end);
        end += Math.max(0, read);
        return read > 0;
    }

    /** How many bytes of the buffer surely belong to the body; -1 at the delimiter. */
    private int certain() throws IOException {
        while (true) {
            int at = indexOfDelimiter();
            if (at >= 0) {
                return at == start ? -1 : at - start;
            }
            int certain = end - start - delimiter.length + 1;
            if (certain > 0) {
                return certain;
            }
            if (!fill()) {
                throw malformed();
            }
        }
    }

    private int indexOfDelimiter() {
        for (int i = start; i <= end - delimiter.length; i++) {
            int n = 0;
            while (n < delimiter.length && buffer[i + n] == delimiter[n]) {
                n++;
            }
            if (n == delimiter.length) {
                return i;
            }
        }
        return -1;
    }

    private final class Body extends InputStream {
        private boolean over;

        @Override
        public int read() throws IOException {
            byte[] one = new byte[1];
            return read(one, 0, 1) < 0 ? -1 : one[0] & 0xff;
        }

        @Override
        public int read(byte[] to, int offset, int length) throws IOException {
            int certain = over ? -1 : certain();
            if (certain < 0) {
                if (!over) {
                    start += delimiter.length;
                    over = true;
                }
                return -1;
            }
            int n = Math.min(certain, length);
            System.arraycopy(buffer, start, to, offset, n);
            start += n;
            return n;
        }
    }
}
