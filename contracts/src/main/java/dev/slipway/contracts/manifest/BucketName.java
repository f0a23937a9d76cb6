package dev.slipway.contracts.manifest;

import java.util.Arrays;
import java.util.Optional;
import java.util.regex.Pattern;

/** Names of buckets as Cloud Storage takes them. */
final class BucketName {
    private static final Pattern FORM = Pattern.compile("[a-z0-9][a-z0-9._-]{1,220}[a-z0-9]");
    private static final Pattern ADDRESS = Pattern.compile("\\d+(\\.\\d+){3}");
    private static final int LONGEST_PART = 63;

    private BucketName() {}

    /** The name, taken out of {@code gs://NAME/} where it is written so; nothing if it is none. */
    static Optional<String> parse(String text) {
        String bare = text.startsWith("gs://") ? text.substring("gs://".length()) : text;
        String name = bare.endsWith("/") ? bare.substring(0, bare.length() - 1) : bare;
        return Optional.of(name).filter(BucketName::isOne);
    }

    private static boolean isOne(String name) {
        return FORM.matcher(name).matches()
                && !ADDRESS.matcher(name).matches()
                && !name.startsWith("goog")
                && !name.contains("google")
                && Arrays.stream(name.split("\\.", -1))
                        .allMatch(part -> !part.isEmpty() && part.length() <= LONGEST_PART);
    }
}
