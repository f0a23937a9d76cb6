package dev.slipway.local.storage;

import java.nio.file.Path;
import org.jspecify.annotations.Nullable;

/**
 * Bytes that arrived whole and belong to no object yet.
 *
 * @param file a temporary one
 * @param size in bytes
 * @param crc32c big-endian, in base 64
 * @param md5Hash in base 64; absent for composed bytes
 * @param components how many objects they were composed of; 0 if of none
 */
record Content(Path file, long size, String crc32c, @Nullable String md5Hash, int components) {
    /** Refuses bytes that are not those the sender meant; absent hashes are not compared. */
    void require(@Nullable String wantedCrc32c, @Nullable String wantedMd5Hash) {
        require("crc32c", "CRC32C", wantedCrc32c, crc32c);
        require("md5Hash", "MD5", wantedMd5Hash, md5Hash);
    }

    private static void require(
            String field, String hash, @Nullable String wanted, @Nullable String found) {
        if (wanted != null && found != null && !wanted.equals(found)) {
            throw StorageError.invalid(
                    "Provided %s hash \"%s\" doesn't match calculated %s hash \"%s\". (%s)"
                            .formatted(hash, wanted, hash, found, field));
        }
    }
}
