package dev.slipway.archive;

import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;

/** Names that mean the same file on every system: relative, slashes only, no step upwards. */
final class EntryName {
    private static final int ZERO_WIDTH_NON_JOINER = 0x200C;
    private static final int ZERO_WIDTH_JOINER = 0x200D;

    private EntryName() {}

    /**
     * The path that these bytes say, or the refusal they earn.
     *
     * @return the segments joined by slashes; empty for the root itself
     */
    static String of(byte[] utf8, Limits limits) throws Refusal {
        if (utf8.length > limits.pathBytes()) {
            throw tooLong(
                    new String(utf8, 0, limits.pathBytes(), StandardCharsets.UTF_8),
                    "a name has " + utf8.length + " bytes, at most " + limits.pathBytes());
        }
        String written = decoded(utf8);
        if (written.isEmpty()) {
            throw unsafe(written, "an entry has no name");
        }
        refuseForeign(written);
        String path = withoutDots(written);
        String bare = path.endsWith("/") ? path.substring(0, path.length() - 1) : path;
        if (!bare.isEmpty()) {
            refuseSegments(written, bare, limits);
        }
        return bare;
    }

    private static String decoded(byte[] utf8) throws Refusal {
        try {
            return isAscii(utf8)
                    ? new String(utf8, StandardCharsets.ISO_8859_1)
                    : StandardCharsets.UTF_8.newDecoder().decode(ByteBuffer.wrap(utf8)).toString();
        } catch (CharacterCodingException e) {
            throw unsafe(new String(utf8, StandardCharsets.UTF_8), "the name is not UTF-8");
        }
    }

    private static boolean isAscii(byte[] bytes) {
        for (byte one : bytes) {
            if (one < 0) {
                return false;
            }
        }
        return true;
    }

    /** {@code tar czf x.tgz .} writes every name with {@code ./} before it. */
    private static String withoutDots(String written) {
        String rest = written;
        while (rest.startsWith("./")) {
            rest = rest.substring(2);
        }
        return rest.equals(".") ? "" : rest;
    }

    private static void refuseForeign(String written) throws Refusal {
        if (written.charAt(0) == '/') {
            throw unsafe(written, "the name is absolute");
        }
        if (written.indexOf('\\') >= 0) {
            throw unsafe(written, "the name has a backslash; folders are separated by /");
        }
        if (written.length() > 1 && written.charAt(1) == ':' && isLetter(written.charAt(0))) {
            throw unsafe(written, "the name starts with a drive letter");
        }
        for (int at = 0; at < written.length(); at++) {
            int point = written.codePointAt(at);
            if (!printable(point)) {
                throw unsafe(written, "the name has a control or invisible character");
            }
            at += Character.charCount(point) - 1;
        }
    }

    private static boolean isLetter(char letter) {
        return (letter >= 'a' && letter <= 'z') || (letter >= 'A' && letter <= 'Z');
    }

    /** Joiners are part of ordinary words and pictograms. */
    private static boolean printable(int point) {
        return (point >= ' ' && point <= '~')
                || Display.harmless(point)
                || point == ZERO_WIDTH_NON_JOINER
                || point == ZERO_WIDTH_JOINER
                || Character.getType(point) == Character.PRIVATE_USE
                || Character.getType(point) == Character.UNASSIGNED;
    }

    private static void refuseSegments(String written, String bare, Limits limits) throws Refusal {
        int depth = 0;
        int start = 0;
        while (start <= bare.length()) {
            int slash = bare.indexOf('/', start);
            int end = slash < 0 ? bare.length() : slash;
            refuseSegment(written, bare, start, end, limits);
            start = end + 1;
            depth++;
        }
        if (depth > limits.depth()) {
            throw tooLong(
                    written, "a name is " + depth + " folders deep, at most " + limits.depth());
        }
    }

    private static void refuseSegment(
            String written, String bare, int start, int end, Limits limits) throws Refusal {
        int length = end - start;
        if (length == 0 || (length <= 2 && bare.startsWith(length == 1 ? "." : "..", start))) {
            String segment = bare.substring(start, end);
            throw unsafe(written, "the name has the segment '" + segment + "', which leads astray");
        }
        if (length > limits.segmentBytes() / 4) { // no character has more than four bytes
            String segment = bare.substring(start, end);
            int bytes = segment.getBytes(StandardCharsets.UTF_8).length;
            if (bytes > limits.segmentBytes()) {
                throw tooLong(
                        written,
                        "a part of a name has "
                                + bytes
                                + " bytes, at most "
                                + limits.segmentBytes());
            }
        }
    }

    private static Refusal unsafe(String written, String message) {
        return new Refusal(Rule.UNSAFE_NAME, written, message);
    }

    private static Refusal tooLong(String written, String message) {
        return new Refusal(Rule.NAME_TOO_LONG, written, message);
    }
}
