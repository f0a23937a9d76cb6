package dev.slipway.local.artifacts;

import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** Which bytes of a blob a client asked for (RFC 9110, section 14). Both ends are included. */
record ByteRange(long first, long last) {
    private static final Pattern FORM = Pattern.compile("bytes=(\\d{0,18})-(\\d{0,18})");

    /**
     * Reads a Range header; what is not one range of bytes is the whole, as RFC 9110 allows.
     *
     * @throws RegistryError RANGE_INVALID where no byte of the blob lies in it
     */
    static ByteRange of(@Nullable String header, long size) {
        Matcher form = FORM.matcher(header == null ? "" : header);
        if (!form.matches() || (form.group(1).isEmpty() && form.group(2).isEmpty())) {
            return new ByteRange(0, size - 1);
        }
        ByteRange range = range(form.group(1), form.group(2), size);
        if (range.first > range.last) {
            throw new RegistryError(
                    ErrorCode.RANGE_INVALID, "of " + size + " bytes none is in " + header);
        }
        return range;
    }

    private static ByteRange range(String first, String last, long size) {
        if (first.isEmpty()) {
            return new ByteRange(Math.max(0, size - Long.parseLong(last)), size - 1);
        }
        long end = last.isEmpty() ? size - 1 : Math.min(Long.parseLong(last), size - 1);
        return new ByteRange(Long.parseLong(first), end);
    }

    long length() {
        return last - first + 1;
    }

    boolean whole(long size) {
        return first == 0 && last == size - 1;
    }
}
