package dev.slipway.local.storage;

import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Which part of a resumable upload a request carries.
 *
 * @param first the number of its first byte; null where it only asks what has arrived
 * @param total how many bytes there will be; null where the sender does not know yet
 */
record ContentRange(@Nullable Long first, @Nullable Long total) {
    private static final Pattern FORM =
            Pattern.compile("bytes (?:(\\d{1,18})-(\\d{1,18}|\\*)|\\*)/(\\d{1,18}|\\*)");

    static ContentRange of(String header) {
        Matcher form = FORM.matcher(header);
        if (!form.matches()) {
            throw StorageError.invalid(
                    "Failed to parse Content-Range header: '"
                            + header
                            + "'; wanted: bytes FIRST-LAST/TOTAL, either side may be *");
        }
        return new ContentRange(number(form.group(1)), number(form.group(3)));
    }

    private static @Nullable Long number(@Nullable String text) {
        return text == null || text.equals("*") ? null : Long.valueOf(text);
    }
}
