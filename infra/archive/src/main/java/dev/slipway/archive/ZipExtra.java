package dev.slipway.archive;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * What a zip's extra field says that counts here (APPNOTE 4.5): wide numbers, and another name.
 *
 * @param zip64 its 64-bit numbers in the order in which they stand, or null
 * @param unicodePath the bytes of the name that Info-ZIP keeps beside the header's, or null
 */
record ZipExtra(long @Nullable [] zip64, byte @Nullable [] unicodePath) {
    static final ZipExtra NONE = new ZipExtra(null, null);

    private static final int ZIP64 = 1;
    private static final int UNICODE_PATH = 0x7075;
    private static final int PATH_AT = 5; // behind the version and the header name's checksum
    private static final int HEADER = 4;

    /** Reads well-formed fields; some tools fill up with fewer than four zeros. */
    static ZipExtra of(byte[] extra, String entry) throws Refusal {
        ByteBuffer left = ByteBuffer.wrap(extra).order(ByteOrder.LITTLE_ENDIAN);
        ZipExtra read = NONE;
        while (left.remaining() >= HEADER) {
            int id = left.getShort() & 0xffff;
            int length = left.getShort() & 0xffff;
            if (length > left.remaining()) {
                throw Refusal.damaged(entry, "an entry's extra field is cut off");
            }
            read = read.with(id, left.slice(left.position(), length), entry);
            left.position(left.position() + length);
        }
        while (left.hasRemaining()) {
            if (left.get() != 0) {
                throw Refusal.damaged(entry, "an entry's extra field is cut off");
            }
        }
        return read;
    }

    private ZipExtra with(int id, ByteBuffer field, String entry) throws Refusal {
        if ((id == ZIP64 && zip64 != null) || (id == UNICODE_PATH && unicodePath != null)) {
            throw Refusal.damaged(entry, "an entry says its size or its name twice");
        }
        return switch (id) {
            case ZIP64 -> new ZipExtra(numbers(field, entry), unicodePath);
            case UNICODE_PATH -> new ZipExtra(zip64, path(field, entry));
            default -> this;
        };
    }

    private static long[] numbers(ByteBuffer field, String entry) throws Refusal {
        boolean withDisk = field.remaining() == 3 * Long.BYTES + Integer.BYTES;
        if (field.remaining() % Long.BYTES != 0 && !withDisk) {
            throw Refusal.damaged(entry, "an entry's zip64 numbers are cut off");
        }
        long[] numbers = new long[field.remaining() / Long.BYTES];
        field.order(ByteOrder.LITTLE_ENDIAN).asLongBuffer().get(numbers);
        return numbers;
    }

    private static byte[] path(ByteBuffer field, String entry) throws Refusal {
        if (field.remaining() < PATH_AT) {
            throw Refusal.damaged(entry, "an entry's second name is cut off");
        }
        byte[] whole = new byte[field.remaining()];
        field.get(whole);
        return Arrays.copyOfRange(whole, PATH_AT, whole.length);
    }

    /** Whether it gives another name than the header. */
    boolean renames(byte[] name) {
        return unicodePath != null && !Arrays.equals(unicodePath, name);
    }

    /**
     * The header's numbers with the wide ones in the place of those that had no room. Writers give
     * only those, or none has no room and what is given without need says the same; of more than
     * those, readers would take different ones.
     *
     * @param narrow in the order of APPNOTE 4.5.3, {@code 0xffffffff} where there was no room
     */
    long[] widened(String entry, long... narrow) throws Refusal {
        long[] given = zip64 == null ? new long[0] : zip64;
        long needed = Arrays.stream(narrow).filter(one -> one == ZipEntry.IN_ZIP64).count();
        if (needed == 0) {
            refuseUnlessRepeated(entry, given, narrow);
            return narrow;
        }
        if (given.length != needed) {
            throw Refusal.damaged(entry, "an entry has too many or too few zip64 numbers");
        }
        long[] wide = narrow.clone();
        int next = 0;
        for (int at = 0; at < wide.length; at++) {
            wide[at] = narrow[at] == ZipEntry.IN_ZIP64 ? given[next++] : narrow[at];
        }
        return wide;
    }

    private static void refuseUnlessRepeated(String entry, long[] given, long[] narrow)
            throws Refusal {
        boolean repeated =
                given.length <= narrow.length
                        && Arrays.equals(given, 0, given.length, narrow, 0, given.length);
        if (!repeated) {
            throw Refusal.damaged(entry, "an entry's zip64 numbers contradict the others");
        }
    }
}
