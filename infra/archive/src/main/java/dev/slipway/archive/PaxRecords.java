package dev.slipway.archive;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * The two things that a POSIX extended header may say here: another name, and the size once more.
 * Times and owners are of no interest.
 *
 * @param path the name's bytes, or null where the header block's counts
 * @param size in bytes, or null where it is not said
 */
record PaxRecords(byte @Nullable [] path, @Nullable Long size) {
    static final PaxRecords NONE = new PaxRecords(null, null);

    /** Reads {@code LENGTH KEY=VALUE\n} one after another. */
    static PaxRecords of(byte[] records) throws Refusal {
        PaxRecords read = NONE;
        int at = 0;
        while (at < records.length) {
            int length = lengthAt(records, at);
            int text = indexOf(records, (byte) ' ', at, at + length) + 1;
            int equals = indexOf(records, (byte) '=', text, at + length);
            if (equals == text) {
                throw broken();
            }
            String key = new String(records, text, equals - text, StandardCharsets.UTF_8);
            read = read.with(key, Arrays.copyOfRange(records, equals + 1, at + length - 1));
            at += length;
        }
        return read;
    }

    private PaxRecords with(String key, byte[] value) throws Refusal {
        if (key.startsWith("GNU.sparse")) {
            throw sparse(null);
        }
        return switch (key) {
            case "path" -> new PaxRecords(once(path, value), size);
            case "size" -> new PaxRecords(path, once(size, number(value)));
            case "linkpath" ->
                    throw Refusal.linkOrSpecial(new String(value, StandardCharsets.UTF_8));
            default -> this;
        };
    }

    static Refusal sparse(@Nullable String entry) {
        return new Refusal(
                Rule.UNSUPPORTED_COMPRESSION, entry, "the tar holds a sparse file; pack without");
    }

    /** Some readers take the first, others the last. */
    private static <T> T once(@Nullable T before, T now) throws Refusal {
        if (before != null) {
            throw Refusal.damaged(null, "a tar entry's extended header says a thing twice");
        }
        return now;
    }

    private static int lengthAt(byte[] records, int at) throws Refusal {
        int space = indexOf(records, (byte) ' ', at, Math.min(records.length, at + 7));
        long length = number(Arrays.copyOfRange(records, at, space));
        boolean fits =
                length > space - at + 2
                        && length <= records.length - at
                        && records[(int) (at + length - 1)] == '\n';
        if (!fits) {
            throw broken();
        }
        return (int) length;
    }

    private static int indexOf(byte[] bytes, byte wanted, int from, int to) throws Refusal {
        for (int at = from; at < to; at++) {
            if (bytes[at] == wanted) {
                return at;
            }
        }
        throw broken();
    }

    private static long number(byte[] digits) throws Refusal {
        String text = new String(digits, StandardCharsets.ISO_8859_1);
        if (!text.matches("[0-9]{1,15}")) {
            throw broken();
        }
        return Long.parseLong(text);
    }

    private static Refusal broken() {
        return Refusal.damaged(null, "a tar entry's extended header is malformed");
    }
}
