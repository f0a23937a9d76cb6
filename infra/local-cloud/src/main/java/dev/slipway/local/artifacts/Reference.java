package dev.slipway.local.artifacts;

import dev.slipway.contracts.Digest;
import java.util.regex.Pattern;

/** What names one manifest of an image. */
sealed interface Reference {
    /** A movable name. */
    record Tag(String tag) implements Reference {}

    /** The manifest's own bytes. */
    record ByDigest(Digest digest) implements Reference {}

    /** The grammar of a tag in the OCI distribution specification. */
    Pattern TAG = Pattern.compile("[a-zA-Z0-9_][a-zA-Z0-9._-]{0,127}");

    /**
     * Reads the last part of a manifest's path.
     *
     * @throws RegistryError DIGEST_INVALID or TAG_INVALID
     */
    static Reference of(String text) {
        if (text.contains(":")) {
            return new ByDigest(digest(text));
        }
        if (!TAG.matcher(text).matches()) {
            throw new RegistryError(
                    ErrorCode.TAG_INVALID,
                    "a tag is 1 to 128 letters, digits, '_', '.' and '-', not \"" + text + "\"");
        }
        return new Tag(text);
    }

    /**
     * Reads a digest.
     *
     * @throws RegistryError DIGEST_INVALID
     */
    static Digest digest(String text) {
        try {
            return new Digest(text);
        } catch (IllegalArgumentException e) {
            throw new RegistryError(ErrorCode.DIGEST_INVALID, String.valueOf(e.getMessage()));
        }
    }
}
