package dev.slipway.archive;

import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.regex.Pattern;

/**
 * A name that means the same file on every system: relative, slashes only, no step upwards.
 *
 * @param path the segments joined by slashes; empty for the root itself
 */
record EntryName(String path) {
    private static final Pattern DRIVE = Pattern.compile("[A-Za-z]:.*", Pattern.DOTALL);
    private static final int ZERO_WIDTH_NON_JOINER = 0x200C;
    private static final int ZERO_WIDTH_JOINER = 0x200D;

    /** The name that these bytes say, or the refusal they earn. */
    static EntryName of(byte[] utf8, Limits limits) throws Refusal {
        if (utf8.length > limits.pathBytes()) {
            throw tooLong(
                    new String(utf8, 0, limits.pathBytes(), StandardCharsets.UTF_8),
                    "a name has " + utf8.length + " bytes, at most " + limits.pathBytes());
        }
        try {
            ByteBuffer bytes = ByteBuffer.wrap(utf8);
            return of(StandardCharsets.UTF_8.newDecoder().decode(bytes).toString(), limits);
        } catch (CharacterCodingException e) {
            throw unsafe(new String(utf8, StandardCharsets.UTF_8), "the name is not UTF-8");
        }
    }

    private static EntryName of(String written, Limits limits) throws Refusal {
        if (written.isEmpty()) {
            throw unsafe(written, "an entry has no name");
        }
        refuseForeign(written);
        String path = withoutDots(written);
        String bare = path.endsWith("/") ? path.substring(0, path.length() - 1) : path;
        if (bare.isEmpty()) {
            return new EntryName("");
        }
        refuseSegments(written, bare.split("/", -1), limits);
        return new EntryName(bare);
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
        if (written.startsWith("/")) {
            throw unsafe(written, "the name is absolute");
        }
        if (written.indexOf('\\') >= 0) {
            throw unsafe(written, "the name has a backslash; folders are separated by /");
        }
        if (DRIVE.matcher(written).matches()) {
            throw unsafe(written, "the name starts with a drive letter");
        }
        if (!written.codePoints().allMatch(EntryName::printable)) {
            throw unsafe(written, "the name has a control or invisible character");
        }
    }

    /** Joiners are part of ordinary words and pictograms. */
    private static boolean printable(int point) {
        return Display.harmless(point)
                || point == ZERO_WIDTH_NON_JOINER
                || point == ZERO_WIDTH_JOINER
                || Character.getType(point) == Character.PRIVATE_USE
                || Character.getType(point) == Character.UNASSIGNED;
    }

    private static void refuseSegments(String written, String[] segments, Limits limits)
            throws Refusal {
        if (segments.length > limits.depth()) {
            throw tooLong(
                    written,
                    "a name is " + segments.length + " folders deep, at most " + limits.depth());
        }
        for (String segment : segments) {
            if (segment.isEmpty() || segment.equals(".") || segment.equals("..")) {
                throw unsafe(
                        written, "the name has the segment '" + segment + "', which leads astray");
            }
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
