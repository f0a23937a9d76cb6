package dev.slipway.local.artifacts;

import io.grpc.Status;
import java.nio.charset.StandardCharsets;
import java.util.Base64;

/** Page sizes and tokens of Artifact Registry's lists. A token is the last key of a page. */
final class Pages {
    private static final int LARGEST = 1000;

    private Pages() {}

    /** Google: at most 1000, which is also what 0 means here. */
    static int size(int asked) {
        if (asked < 0) {
            throw Status.INVALID_ARGUMENT
                    .withDescription("page_size must not be negative, got " + asked)
                    .asRuntimeException();
        }
        return asked == 0 ? LARGEST : Math.min(asked, LARGEST);
    }

    static String token(String lastKey) {
        return Base64.getUrlEncoder()
                .withoutPadding()
                .encodeToString(lastKey.getBytes(StandardCharsets.UTF_8));
    }

    /** The last key that was seen; it must lie below what is listed. */
    static String lastKey(String token, String prefix) {
        String key = "";
        try {
            key = new String(Base64.getUrlDecoder().decode(token), StandardCharsets.UTF_8);
        } catch (IllegalArgumentException _) {
            // told below
        }
        if (!token.isEmpty() && !key.startsWith(prefix)) {
            throw Status.INVALID_ARGUMENT
                    .withDescription("page_token is none that this list answered")
                    .asRuntimeException();
        }
        return key;
    }
}
