package dev.slipway.local.run;

import com.google.protobuf.Timestamp;
import com.google.protobuf.util.Timestamps;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.function.Function;

/**
 * One page of a list, the newest first; {@code next} is the token of the one after it, or empty.
 */
record Page<T>(List<T> items, String next) {
    private static final int USUAL = 100;
    private static final int LARGEST = 1000;

    static <T> Page<T> of(
            Collection<T> all,
            int size,
            String token,
            Function<T, Timestamp> created,
            Function<T, String> name) {
        if (size < 0) {
            throw Refused.invalid("page_size", "is 0 or more, not " + size);
        }
        Function<T, String> key =
                item ->
                        "%013d %s"
                                .formatted(
                                        Timestamps.toMillis(created.apply(item)), name.apply(item));
        String after = token.isEmpty() ? "" : read(token);
        List<T> rest =
                all.stream()
                        .filter(item -> after.isEmpty() || key.apply(item).compareTo(after) < 0)
                        .sorted(Comparator.comparing(key).reversed())
                        .toList();
        int count = Math.min(size == 0 ? USUAL : size, LARGEST);
        if (rest.size() <= count) {
            return new Page<>(rest, "");
        }
        List<T> items = rest.subList(0, count);
        return new Page<>(items, write(key.apply(items.getLast())));
    }

    private static String write(String key) {
        return Base64.getUrlEncoder().encodeToString(key.getBytes(StandardCharsets.UTF_8));
    }

    private static String read(String token) {
        try {
            return new String(Base64.getUrlDecoder().decode(token), StandardCharsets.UTF_8);
        } catch (IllegalArgumentException _) {
            throw Refused.invalid("page_token", "is none that a list answered with");
        }
    }
}
