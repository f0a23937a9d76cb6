package dev.slipway.local.storage;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_8;

import java.util.List;

/**
 * The keys of the one map. A name's UTF-8 bytes stand in them as one character each, so that keys
 * sort as Cloud Storage lists: by UTF-8 bytes, not by UTF-16 units. NUL ends a name; none may hold
 * one.
 */
final class Keys {
    /** Above every key that starts with what it is appended to. */
    static final String AFTER = "\u0100";

    static final String BUCKETS = "bucket:";
    static final String OUTBOX = "outbox:";
    static final String UPLOADS = "upload:";
    static final String CHANGES = "change:";
    static final String LAST_GENERATION = "last-generation";

    private static final String LIVE = "live:";
    private static final String NONCURRENT = "noncurrent:";
    private static final char END = '\0';

    /** Where all generations' keys start. */
    static final List<String> GENERATIONS = List.of(LIVE, NONCURRENT);

    private Keys() {}

    static String bucket(String bucket) {
        return BUCKETS + bucket;
    }

    /** The start of every live object's key in a bucket. */
    static String live(String bucket) {
        return LIVE + bucket + END;
    }

    static String live(String bucket, String name) {
        return live(bucket) + sortable(name);
    }

    /** The start of every noncurrent generation's key in a bucket. */
    static String noncurrent(String bucket) {
        return NONCURRENT + bucket + END;
    }

    static String noncurrent(String bucket, String name) {
        return noncurrent(bucket) + sortable(name) + END;
    }

    static String noncurrent(String bucket, String name, long generation) {
        return noncurrent(bucket) + position(name, generation);
    }

    /** Where a generation stands in a listing. */
    static String position(String name, long generation) {
        return sortable(name) + END + number(generation);
    }

    static String sortable(String name) {
        return new String(name.getBytes(UTF_8), ISO_8859_1);
    }

    static String name(String sortable) {
        return new String(sortable.getBytes(ISO_8859_1), UTF_8);
    }

    /** The name within a position. */
    static String nameOf(String position) {
        int end = position.indexOf(END);
        return end < 0 ? position : position.substring(0, end);
    }

    static String number(long number) {
        return "%020d".formatted(number);
    }
}
